package io.heagent.bench.measured;

import java.io.IOException;
import java.net.Socket;

/** The smallest program that connects. Argument: a port of this host. */
public final class OneSocket {
  private OneSocket() {}

  public static void main(String[] args) throws IOException {
    new Socket("localhost", Integer.parseInt(args[0])).close();
    System.out.print("hello");
  }
}
