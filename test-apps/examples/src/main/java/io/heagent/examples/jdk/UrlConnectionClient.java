package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;

/**
 * Arguments: URL, connect timeout in ms (0: none). The address is the server's word, the last word
 * of its {@code Server} header: HttpURLConnection itself doesn't tell.
 */
public final class UrlConnectionClient {
  private UrlConnectionClient() {}

  public static void main(String[] args) {
    String url = args[0];
    int timeoutMillis = Integer.parseInt(args[1]);
    Report.print(
        () -> {
          HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
          connection.setConnectTimeout(timeoutMillis);
          try (InputStream body = connection.getInputStream()) {
            String text = connection.getResponseCode() + ", " + Lines.first(body);
            String server = connection.getHeaderField("Server");
            return new Report.Seen(server.substring(server.lastIndexOf(' ') + 1), text);
          }
        });
  }
}
