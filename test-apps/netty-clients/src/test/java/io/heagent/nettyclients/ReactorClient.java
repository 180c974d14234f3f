package io.heagent.nettyclients;

import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.util.concurrent.atomic.AtomicReference;
import reactor.netty.http.client.HttpClient;

/**
 * Reactor Netty's HttpClient. All is as by default, but that the JVM resolves names unless {@code
 * -Down.resolver=true}.
 */
public final class ReactorClient {
  private ReactorClient() {}

  public static void main(String[] args) {
    Calls.make(args, ReactorClient::call);
  }

  private static String call(Target target) {
    AtomicReference<String> channel = new AtomicReference<>();
    HttpClient client = HttpClient.create();
    String body =
        (Calls.OWN_RESOLVER ? client : client.resolver(DefaultAddressResolverGroup.INSTANCE))
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, target.timeoutMillis())
            .doOnConnected(
                connection -> channel.set(connection.channel().getClass().getSimpleName()))
            .get()
            .uri(
                (target.tls() ? "https://" : "http://") + target.host() + ":" + target.port() + "/")
            .responseContent()
            .aggregate()
            .asString()
            .block();
    return channel + " " + body;
  }
}
