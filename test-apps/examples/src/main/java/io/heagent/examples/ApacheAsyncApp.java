package io.heagent.examples;

import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.util.Timeout;

/** Arguments: URL, connect timeout in ms. Apache HttpClient 5 on its own event loop. */
public final class ApacheAsyncApp {
  private ApacheAsyncApp() {}

  public static void main(String[] args) {
    Timeout timeout = Timeout.of(Long.parseLong(args[1]), TimeUnit.MILLISECONDS);
    Report.print(
        () -> {
          var connections =
              PoolingAsyncClientConnectionManagerBuilder.create()
                  .setDefaultConnectionConfig(
                      ConnectionConfig.custom().setConnectTimeout(timeout).build())
                  .build();
          try (CloseableHttpAsyncClient client =
              HttpAsyncClients.custom().setConnectionManager(connections).build()) {
            client.start();
            SimpleHttpResponse response =
                client.execute(SimpleHttpRequest.create(Method.GET.name(), args[0]), null).get();
            String body = response.getBodyText().strip();
            return new Report.Seen(
                body.substring(body.lastIndexOf(' ') + 1), String.valueOf(response.getCode()));
          }
        });
  }
}
