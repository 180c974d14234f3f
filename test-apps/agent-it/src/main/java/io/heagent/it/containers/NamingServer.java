package io.heagent.it.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Arguments: a name and a port. Tells each client that name and ends the connection; serves all
 * addresses of its container, of both families.
 */
public final class NamingServer {
  private static final int BACKLOG = 128;

  private NamingServer() {}

  public static void main(String[] args) throws IOException {
    byte[] name = (args[0] + "\n").getBytes(StandardCharsets.US_ASCII);
    try (ServerSocket server =
        new ServerSocket(Integer.parseInt(args[1]), BACKLOG, InetAddress.getByName("::"))) {
      System.out.println("serving");
      while (true) {
        try (Socket client = server.accept()) {
          client.getOutputStream().write(name);
        } catch (IOException gone) {
          System.out.println("client: " + gone);
        }
      }
    }
  }
}
