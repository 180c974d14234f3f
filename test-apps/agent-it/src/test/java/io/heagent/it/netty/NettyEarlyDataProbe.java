package io.heagent.it.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.heagent.it.lab.Facts;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Writes before it connects, with TCP Fast Open: Netty sends what is written with the SYN, which is
 * a connect of its own. Arguments: the port, the hosts; it connects to each of them three times.
 */
@SuppressWarnings({"deprecation", "FutureReturnValueIgnored"}) // As in the other probes.
public final class NettyEarlyDataProbe {
  private static final int TIMES = 3;

  private NettyEarlyDataProbe() {}

  public static void main(String[] args) throws Exception {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    try {
      for (int i = 1; i < args.length; i++) {
        for (int time = 1; time <= TIMES; time++) {
          connect(group, args[i], Integer.parseInt(args[0]), time);
        }
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static void connect(EventLoopGroup group, String host, int port, int time)
      throws InterruptedException {
    Facts facts = new Facts(host + " " + time);
    Talk talk = new Talk();
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 3_000)
            .option(ChannelOption.TCP_FASTOPEN_CONNECT, true)
            .handler(talk)
            .register()
            .sync()
            .channel();
    channel.write(Unpooled.copiedBuffer("early", US_ASCII));
    ChannelFuture connect = channel.connect(new InetSocketAddress(host, port)).await();
    if (connect.isSuccess()) {
      channel.flush();
      InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
      facts.put("outcome", remote.getAddress().getHostAddress());
      facts.put("line", talk.line().isEmpty() ? "none" : "read");
    } else {
      facts.put("outcome", connect.cause().toString());
    }
    channel.close().await();
    facts.print();
  }
}
