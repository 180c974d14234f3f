package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Arguments: host, port. Connects as the JDK's examples do (there is no timeout to give), checks
 * the certificate against the host name and reads the banner.
 */
public final class SslSocketClient {
  private SslSocketClient() {}

  public static void main(String[] args) {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    Report.print(
        () -> {
          var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
          try (var socket = (SSLSocket) factory.createSocket(host, port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            String banner = Lines.first(socket.getInputStream());
            return new Report.Seen(socket.getInetAddress().getHostAddress(), banner);
          }
        });
  }
}
