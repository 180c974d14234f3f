package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Arguments: URL, connect timeout in ms, HTTP version. The JDK's HttpClient; the address is the
 * server's word, the last word of the body.
 */
public final class JdkHttpApp {
  private JdkHttpApp() {}

  public static void main(String[] args) {
    Report.print(
        () -> {
          HttpClient client =
              HttpClient.newBuilder()
                  .connectTimeout(Duration.ofMillis(Long.parseLong(args[1])))
                  .version(HttpClient.Version.valueOf(args[2]))
                  .build();
          HttpResponse<String> response =
              client.send(
                  HttpRequest.newBuilder(URI.create(args[0])).build(),
                  HttpResponse.BodyHandlers.ofString());
          String body = response.body().strip();
          return new Report.Seen(
              body.substring(body.lastIndexOf(' ') + 1),
              response.statusCode() + ", " + response.version());
        });
  }
}
