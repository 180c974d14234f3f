package io.heagent.it.clients;

import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Self;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The ways in which the JDK's HttpClient ends a connect that hangs or fails: timeouts, cancel, no
 * server. Arguments: the port; the host whose addresses are all dead, the one whose addresses all
 * refuse, the one that is good.
 */
public final class HttpEndsProbe {
  private static final Duration TIMEOUT = Duration.ofMillis(400);

  /** Milliseconds after the begin: while only the first address is dialled, and while both are. */
  private static final int[] MOMENTS = {30, 180};

  private final int port;
  private final String dead;
  private final String refused;
  private final String good;

  private HttpEndsProbe(String[] args) {
    port = Integer.parseInt(args[0]);
    dead = args[1];
    refused = args[2];
    good = args[3];
  }

  public static void main(String[] args) throws Exception {
    new HttpEndsProbe(args).run();
  }

  private void run() throws Exception {
    Cases.run("warm-up", () -> served(client(HttpClient.Version.HTTP_1_1)));
    run(HttpClient.Version.HTTP_1_1, "http");
    run(HttpClient.Version.HTTP_2, "http");
    run(HttpClient.Version.HTTP_2, "https");
    Cases.run("WebSocket, connect timeout", this::webSocketTimeout);
    Cases.run("none is left", () -> Cases.equal(false, Self.isWatching()));
  }

  private void run(HttpClient.Version version, String scheme) throws Exception {
    String name = version + " " + scheme;
    Cases.run(name + ", connect timeout", () -> connectTimeout(version, scheme));
    Cases.run(name + ", request timeout", () -> requestTimeout(version, scheme));
    Cases.run(name + ", all refused", () -> allRefused(version, scheme));
    for (int moment : MOMENTS) {
      String label = name + ", cancelled after " + moment + " ms";
      Cases.run(label, () -> cancelled(version, scheme, moment));
    }
  }

  private void connectTimeout(HttpClient.Version version, String scheme) throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version).connectTimeout(TIMEOUT).build();
    Cases.fails(
        HttpConnectTimeoutException.class,
        () -> client.send(request(scheme, dead).build(), BodyHandlers.ofString()));
    served(client);
  }

  private void requestTimeout(HttpClient.Version version, String scheme) throws Exception {
    HttpClient client = client(version);
    HttpRequest request = request(scheme, dead).timeout(TIMEOUT).build();
    Exception seen = null;
    try {
      client.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      seen = e;
    }
    Cases.isTrue(seen != null);
    served(client);
  }

  private void allRefused(HttpClient.Version version, String scheme) throws Exception {
    HttpClient client = client(version);
    Cases.fails(
        ConnectException.class,
        () -> client.send(request(scheme, refused).build(), BodyHandlers.ofString()));
    served(client);
  }

  /**
   * After a cancel all that was opened for the request is closed, and the client can be used again.
   */
  private void cancelled(HttpClient.Version version, String scheme, int moment) throws Exception {
    HttpClient client = client(version);
    served(client);
    Map<String, String> before = Self.open();
    CompletableFuture<?> response =
        client.sendAsync(request(scheme, dead).build(), BodyHandlers.ofString());
    Racing.letPass(moment);
    Cases.isTrue(response.cancel(true));
    Throwable seen = null;
    try {
      response.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
    } catch (CancellationException e) {
      seen = e;
    } catch (ExecutionException e) {
      // The client may have ended the exchange by itself before.
      seen = e.getCause();
    }
    Cases.isTrue(seen instanceof CancellationException);
    Cases.equal("back", Self.backTo(before));
    served(client);
  }

  private void webSocketTimeout() throws Exception {
    CompletableFuture<WebSocket> opened =
        client(HttpClient.Version.HTTP_1_1)
            .newWebSocketBuilder()
            .connectTimeout(TIMEOUT)
            .buildAsync(
                URI.create("ws://" + dead + ":" + port + "/ws"), new WebSocket.Listener() {});
    Throwable seen = null;
    try {
      opened.get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | CompletionException e) {
      seen = e.getCause();
    }
    Cases.isTrue(seen instanceof HttpTimeoutException);
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder().version(version).build();
  }

  private HttpRequest.Builder request(String scheme, String host) {
    return HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + port + "/"));
  }

  private void served(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request = request("http", good).build();
    Cases.equal(200, client.send(request, BodyHandlers.ofString()).statusCode());
  }
}
