package io.heagent.nettyclients;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lettuce: PING and GET. All is as by default, but that the JVM resolves names unless {@code
 * -Down.resolver=true}.
 */
public final class LettuceClient {
  private LettuceClient() {}

  public static void main(String[] args) {
    Calls.make(args, LettuceClient::call);
  }

  private static String call(Target target) {
    Duration timeout = Duration.ofMillis(target.timeoutMillis());
    AtomicReference<String> transport = new AtomicReference<>();
    ClientResources.Builder builder = ClientResources.builder();
    if (!Calls.OWN_RESOLVER) {
      builder.addressResolverGroup(DefaultAddressResolverGroup.INSTANCE);
    }
    ClientResources resources =
        builder
            .nettyCustomizer(
                new NettyCustomizer() {
                  @Override
                  public void afterChannelInitialized(Channel channel) {
                    transport.set(channel.getClass().getSimpleName());
                  }
                })
            .build();
    RedisClient client =
        RedisClient.create(
            resources,
            RedisURI.builder()
                .withHost(target.host())
                .withPort(target.port())
                .withSsl(target.tls())
                .withTimeout(timeout)
                .build());
    client.setOptions(
        ClientOptions.builder()
            .socketOptions(SocketOptions.builder().connectTimeout(timeout).build())
            .build());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      String pong = connection.sync().ping();
      return transport + " " + pong + " " + connection.sync().get("served");
    } finally {
      client.shutdown(0, 1, TimeUnit.SECONDS);
      resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
