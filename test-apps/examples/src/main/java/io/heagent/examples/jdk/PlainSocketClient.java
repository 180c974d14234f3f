package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Arguments: host, port, connect timeout in ms (0: none). Reads the banner. */
public final class PlainSocketClient {
  private PlainSocketClient() {}

  public static void main(String[] args) {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    int timeoutMillis = Integer.parseInt(args[2]);
    Report.print(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), timeoutMillis);
            String banner = Lines.first(socket.getInputStream());
            return new Report.Seen(socket.getInetAddress().getHostAddress(), banner);
          }
        });
  }
}
