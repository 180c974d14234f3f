package io.heagent.it.observe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Arguments: port, hosts. Connects to each with a timeout, and says what came of it. */
public final class PatientProbe {
  private static final int TIMEOUT_MILLIS = 600;

  private PatientProbe() {}

  public static void main(String[] args) {
    for (int i = 1; i < args.length; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(args[i], Integer.parseInt(args[0])), TIMEOUT_MILLIS);
        System.out.println("connected");
      } catch (IOException e) {
        System.out.println(e.getClass().getSimpleName());
      }
    }
  }
}
