package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connected socket at the talk service. */
record SocketConversation(Socket socket) implements Conversation {
  private static final int SHORT_MILLIS = 20;
  private static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

  @Override
  public void use(Facts facts) throws IOException {
    facts.put("remote", socket.getRemoteSocketAddress());
    facts.put("peer", socket.getInetAddress());
    facts.put("port", socket.getPort());
    facts.put("connected", socket.isConnected() && !socket.isClosed() && socket.isBound());
    // The name is asked for last: if the socket had lost it, the JDK would look the address up in
    // reverse and keep that name.
    InetAddress peer = socket.getInetAddress();
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String[] words = line(in).split(" ", -1);
    facts.put("served", words[0]);
    facts.put("client", words[2] + " " + words[3]);
    facts.put("local", socket.getLocalAddress().getHostAddress() + " " + socket.getLocalPort());
    facts.put("readTimeout", timesOut(in));
    socket.getOutputStream().write(PING);
    facts.put("echo", new String(in.readNBytes(PING.length), StandardCharsets.US_ASCII));
    facts.put("name", peer.getHostName());
  }

  // With a timeout the JDK polls and then reads in non-blocking mode; without one it reads in
  // blocking mode.
  private boolean timesOut(DataInputStream in) throws IOException {
    socket.setSoTimeout(SHORT_MILLIS);
    try {
      return in.read() == -2;
    } catch (SocketTimeoutException expected) {
      return true;
    } finally {
      socket.setSoTimeout(0);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
