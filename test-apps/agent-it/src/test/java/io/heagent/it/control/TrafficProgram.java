package io.heagent.it.control;

import io.heagent.testkit.net.BlackHole;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Arguments: a host, its two addresses, an address that it makes a dead one. Serves on the two with
 * Netty, and makes 200 connections a second to the host, each with one request and its answer. For
 * each line that it reads it tells how many requests have begun, how many were due by then, how
 * many were answered, and what the first other one has met. The line {@code end} has it end the
 * requests, and wait for their answers, before it tells. Another word is a host, to which it makes
 * one request more, and it tells the address that has answered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a channel is told to its handlers.
public final class TrafficProgram {
  static final String END = "end";

  private static final int PERIOD_MILLIS = 5;
  private static final int MOST_MILLIS = 30_000;
  private static final int LOOK_MILLIS = 5;

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>("none");
  private final Bootstrap client;
  private final int port;
  private final long begin;

  private TrafficProgram(Bootstrap client, int port) {
    this.client = client;
    this.port = port;
    this.begin = System.nanoTime();
  }

  public static void main(String[] args) throws Exception {
    // Netty would look for SLF4J first, which says on stderr that it logs nowhere.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    ServerBootstrap server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Echo());
    InetSocketAddress first =
        (InetSocketAddress) server.bind(args[1], 0).sync().channel().localAddress();
    server.bind(args[2], first.getPort()).sync();
    try (BlackHole dead = BlackHole.on(args[3], first.getPort())) {
      Bootstrap client = new Bootstrap().group(group).channel(NioSocketChannel.class);
      new TrafficProgram(client, dead.port()).run(args[0], group.next());
    }
    System.exit(0);
  }

  private void run(String host, EventLoop loop) throws Exception {
    ScheduledFuture<?> schedule =
        loop.scheduleAtFixedRate(() -> request(host), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = lines.readLine()) != null; ) {
      int due = due();
      if (line.equals(END)) {
        // A schedule that is late catches up.
        await(() -> started.get() >= due);
        schedule.cancel(false);
        loop.submit(() -> {}).sync();
        await(() -> answered.get() >= started.get());
      } else if (!line.isEmpty()) {
        System.out.println(request(line).get(MOST_MILLIS, TimeUnit.MILLISECONDS));
        continue;
      }
      System.out.println(started + " " + due + " " + answered + " " + failure);
    }
  }

  /** How many requests the schedule should have begun by now. */
  private int due() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    return (int) (millis / PERIOD_MILLIS);
  }

  private static void await(BooleanSupplier so) throws InterruptedException {
    for (int left = MOST_MILLIS; left > 0 && !so.getAsBoolean(); left -= LOOK_MILLIS) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Makes a request; the future has the address that answers. */
  private CompletableFuture<String> request(String host) {
    started.incrementAndGet();
    Request request = new Request();
    client
        .clone()
        .handler(request)
        .connect(host, port)
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                request.failed(connected.cause());
              }
            });
    return request.answer;
  }

  /** Sends a byte, and waits for it to come back. */
  private final class Request extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      super.channelRead(context, message);
      InetSocketAddress peer = (InetSocketAddress) context.channel().remoteAddress();
      if (answer.complete(peer.getAddress().getHostAddress())) {
        answered.incrementAndGet();
      }
      context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!answer.isDone()) {
        failed(new IOException("closed before the answer"));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
      failed(why);
      context.close();
    }

    private void failed(Throwable why) {
      answer.completeExceptionally(why);
      failure.compareAndSet("none", why.toString());
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
