package io.heagent.it.control;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Arguments: a host, its two addresses. Serves on both with Netty, and makes 200 connections a
 * second to the host, each with one request and its answer. For each line that it reads it tells
 * how many have ended well, and what the first other one has met.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a channel is told to its handlers.
public final class TrafficProgram {
  private static final int PERIOD_MILLIS = 5;

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("none");

  private TrafficProgram() {}

  public static void main(String[] args) throws Exception {
    // Netty would look for SLF4J first, which says on stderr that it logs nowhere.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    TrafficProgram traffic = new TrafficProgram();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    ServerBootstrap server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Echo());
    InetSocketAddress first =
        (InetSocketAddress) server.bind(args[1], 0).sync().channel().localAddress();
    server.bind(args[2], first.getPort()).sync();
    Bootstrap client =
        new Bootstrap().group(group).channel(NioSocketChannel.class).handler(traffic.new Request());
    group
        .next()
        .scheduleAtFixedRate(
            () -> traffic.request(client, args[0], first.getPort()),
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (lines.readLine() != null) {
      System.out.println(traffic.answered + " " + traffic.failure);
    }
    System.exit(0);
  }

  private void request(Bootstrap client, String host, int port) {
    client
        .connect(host, port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                failed(connected.cause());
              }
            });
  }

  private void failed(Throwable why) {
    failure.compareAndSet("none", why.toString());
  }

  /** Sends a byte, and waits for it to come back. */
  @Sharable
  private final class Request extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      super.channelRead(context, message);
      answered.incrementAndGet();
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
      failed(why);
      context.close();
    }
  }

  /** Sends back what it gets. */
  @Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
      context.close();
    }
  }
}
