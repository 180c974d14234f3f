package io.heagent.nettyclients;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x's HttpClient. Its own resolver, which is Netty's, reads the JVM's hosts file and asks
 * nobody else; with {@code -Down.resolver=true} it is as by default, and with {@code
 * -Dvertx.disableDnsResolver=true} the JVM resolves names instead.
 */
public final class VertxClient {
  private static final String NOBODY = "127.0.0.1:1";

  private VertxClient() {}

  public static void main(String[] args) {
    AddressResolverOptions names = new AddressResolverOptions();
    if (!Calls.OWN_RESOLVER) {
      names.setHostsPath(System.getProperty("jdk.net.hosts.file")).addServer(NOBODY);
    }
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setAddressResolverOptions(names));
    Calls.make(args, target -> call(vertx, target));
  }

  private static String call(Vertx vertx, Target target) throws Exception {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(target.timeoutMillis()).setSsl(target.tls()));
    Buffer body =
        client
            .request(HttpMethod.GET, target.port(), target.host(), "/")
            .compose(request -> request.send())
            .compose(HttpClientResponse::body)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.MINUTES);
    return (vertx.isNativeTransportEnabled() ? "epoll " : "nio ") + body;
  }
}
