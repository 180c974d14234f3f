package io.heagent.it.clients;

import io.heagent.examples.Report;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Arguments: host, port, connect timeout in ms. A Netty client that reads a banner. */
public final class NettyApp {
  private NettyApp() {}

  public static void main(String[] args) {
    Report.print(
        () -> {
          CompletableFuture<String> banner = new CompletableFuture<>();
          Channel channel =
              new Bootstrap()
                  .group(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()))
                  .channel(NioSocketChannel.class)
                  .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Integer.valueOf(args[2]))
                  .handler(new Banner(banner))
                  .connect(args[0], Integer.parseInt(args[1]))
                  .sync()
                  .channel();
          var remote = (InetSocketAddress) channel.remoteAddress();
          return new Report.Seen(
              remote.getAddress().getHostAddress(), banner.get(1, TimeUnit.MINUTES));
        });
  }

  private static final class Banner extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<String> banner;

    Banner(CompletableFuture<String> banner) {
      this.banner = banner;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      banner.complete(bytes.toString(StandardCharsets.US_ASCII));
    }
  }
}
