package io.heagent.it.stress;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to the talk service that can tell whether it is still the one it was. */
final class Identity implements Closeable {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int WATCHDOG_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final String greeting;

  private Identity(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(WATCHDOG_MILLIS);
    // Ends with a reset: a hundred thousand connections in TIME_WAIT would use up the ports.
    socket.setSoLinger(true, 0);
    in = new DataInputStream(socket.getInputStream());
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      line.append((char) c);
    }
    greeting = line.toString();
  }

  /** Reads what the server says first, and closes the socket if that fails. */
  static Identity greet(Socket socket) throws IOException {
    try {
      return new Identity(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Null if server, own address and an echo of a word never said before are all as they must be.
   */
  String whatIsWrong(String server) throws IOException {
    String expected =
        server + " to " + socket.getLocalAddress().getHostAddress() + " " + socket.getLocalPort();
    if (!greeting.equals(expected)) {
      if (socket.isClosed()) {
        throw new SocketException("closed meanwhile: a closed socket has no address of its own");
      }
      return "was greeted \"" + greeting + "\", expected \"" + expected + "\"";
    }
    byte[] word = ("word " + NUMBERS.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(word);
    String echo = new String(in.readNBytes(word.length), StandardCharsets.US_ASCII);
    String said = new String(word, StandardCharsets.US_ASCII);
    return echo.equals(said) ? null : "said \"" + said + "\" and heard \"" + echo + "\"";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
