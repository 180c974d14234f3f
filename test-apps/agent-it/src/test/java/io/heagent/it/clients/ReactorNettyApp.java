package io.heagent.it.clients;

import io.heagent.examples.Report;
import io.netty.channel.ChannelOption;
import io.netty.resolver.DefaultAddressResolverGroup;
import reactor.netty.http.client.HttpClient;

/** Arguments: URL, connect timeout in ms. Reactor Netty with the JVM's resolver. */
public final class ReactorNettyApp {
  private ReactorNettyApp() {}

  public static void main(String[] args) {
    Report.print(
        () -> {
          String body =
              HttpClient.create()
                  .resolver(DefaultAddressResolverGroup.INSTANCE)
                  .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Integer.valueOf(args[1]))
                  .get()
                  .uri(args[0])
                  .responseContent()
                  .aggregate()
                  .asString()
                  .block();
          return new Report.Seen(body.substring(body.lastIndexOf(' ') + 1).strip(), body);
        });
  }
}
