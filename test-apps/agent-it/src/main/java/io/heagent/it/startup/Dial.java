package io.heagent.it.startup;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** Arguments: host, port. Connects once and tells in one line who answered, or what failed. */
public final class Dial {
  private static final int LONG_MILLIS = 30_000;

  private Dial() {}

  public static void main(String[] args) {
    System.out.println(outcome(new InetSocketAddress(args[0], Integer.parseInt(args[1]))));
  }

  /** Connects a plain socket to a talk service. */
  public static String outcome(SocketAddress to) {
    try (Socket socket = new Socket()) {
      socket.connect(to, LONG_MILLIS);
      return "connected to " + served(socket.getInputStream());
    } catch (IOException e) {
      return failed(e);
    }
  }

  public static String failed(Throwable failure) {
    return "failed with " + failure.getClass().getSimpleName();
  }

  /** The first word that the service says: the address it serves on. */
  public static String served(InputStream in) throws IOException {
    StringBuilder word = new StringBuilder();
    for (int c; (c = in.read()) > ' '; ) {
      word.append((char) c);
    }
    return word.toString();
  }
}
