package io.heagent.it.netty;

import io.heagent.it.lab.Facts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorChooserFactory;
import io.netty.util.concurrent.RejectedExecutionHandler;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Uses of a channel that few programs make while it connects. Each prints the address that it came
 * to, or what it failed with. Arguments: the port, a host whose first address refuses and whose
 * second is good, one whose addresses all refuse.
 */
@SuppressWarnings({"deprecation", "FutureReturnValueIgnored"}) // As in the other probes.
public final class NettyUsesProbe {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int QUEUE = 16;
  private static final int EPOLLOUT = 4;

  private static int port;

  private NettyUsesProbe() {}

  public static void main(String[] args) throws Exception {
    port = Integer.parseInt(args[0]);
    EventLoopGroup group = new EpollEventLoopGroup(2);
    try {
      waiting(group, args[1]);
      moved(group, args[1]);
      moved(group, args[2]);
      full(args[1]);
      full(args[2]);
      signed(group, args[1]);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static Channel channel(EventLoopGroup group) throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(EpollSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
        .handler(new Talk())
        .register()
        .sync()
        .channel();
  }

  /** It waits for the event that ends a connect already, and so does not begin to by it. */
  private static void waiting(EventLoopGroup group, String host) throws Exception {
    Channel channel = channel(group);
    InetSocketAddress target = new InetSocketAddress(host, port);
    Method wait =
        channel.getClass().getSuperclass().getSuperclass().getDeclaredMethod("setFlag", int.class);
    wait.setAccessible(true);
    ChannelFuture[] connect = new ChannelFuture[1];
    channel
        .eventLoop()
        .submit(
            () -> {
              wait.invoke(channel, EPOLLOUT);
              connect[0] = channel.connect(target);
              return null;
            })
        .sync();
    tell("waiting", channel, connect[0]);
  }

  /** Taken out of its event loop in the midst of the race, and put into another one. */
  private static void moved(EventLoopGroup group, String host) throws Exception {
    Channel channel = channel(group);
    InetSocketAddress target = new InetSocketAddress(host, port);
    ChannelFuture[] connect = new ChannelFuture[1];
    CountDownLatch out = new CountDownLatch(1);
    channel
        .eventLoop()
        .execute(
            () -> {
              connect[0] = channel.connect(target);
              channel.deregister().addListener(done -> out.countDown());
            });
    out.await();
    // Until the race may have come to its end. Longer or shorter, the outcome is the same.
    Thread.sleep(500);
    group.register(channel).sync();
    tell("moved " + host, channel, connect[0]);
  }

  /** The event loop's queue is full when the race comes to its end. */
  private static void full(String host) throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    RejectedExecutionHandler handler =
        (task, loop) -> {
          if (Thread.currentThread().getName().startsWith("he-agent")) {
            refused.countDown();
          }
          throw new RejectedExecutionException("full");
        };
    EventLoopGroup group =
        new EpollEventLoopGroup(
            1,
            new ThreadPerTaskExecutor(Executors.defaultThreadFactory()),
            DefaultEventExecutorChooserFactory.INSTANCE,
            DefaultSelectStrategyFactory.INSTANCE,
            handler,
            NettyUsesProbe::bounded);
    Channel channel = channel(group);
    InetSocketAddress target = new InetSocketAddress(host, port);
    ChannelFuture[] connect = new ChannelFuture[1];
    CountDownLatch begun = new CountDownLatch(1);
    channel
        .eventLoop()
        .execute(
            () -> {
              connect[0] = channel.connect(target);
              fill(channel);
              try {
                // Where nothing is handed to the event loop there is nothing to be refused.
                refused.await(1, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              begun.countDown();
            });
    begun.await();
    tell("full " + host, channel, connect[0]);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  /** It has a key for TCP_MD5SIG, though for a peer that it does not connect to. */
  private static void signed(EventLoopGroup group, String host) throws Exception {
    Channel channel = channel(group);
    Map<InetAddress, byte[]> keys = Map.of(InetAddress.getByName("127.9.9.9"), new byte[] {1});
    try {
      channel.config().setOption(EpollChannelOption.TCP_MD5SIG, keys);
    } catch (ChannelException notInThisKernel) {
      new Facts("signed").put("outcome", notInThisKernel).print();
      return;
    }
    tell("signed", channel, channel.connect(new InetSocketAddress(host, port)));
  }

  private static Queue<Runnable> bounded(int ignored) {
    return new ArrayBlockingQueue<>(QUEUE);
  }

  private static void fill(Channel channel) {
    try {
      while (true) {
        channel.eventLoop().execute(() -> {});
      }
    } catch (RejectedExecutionException full) {
      return;
    }
  }

  private static void tell(String what, Channel channel, ChannelFuture connect)
      throws InterruptedException {
    Facts facts = new Facts(what);
    connect.await();
    if (connect.isSuccess()) {
      String remote = String.valueOf(channel.remoteAddress());
      facts.put("outcome", remote.replaceAll(".*/|:.*", ""));
      facts.put("line", channel.pipeline().get(Talk.class).line().isEmpty() ? "none" : "read");
    } else {
      facts.put("outcome", connect.cause().getClass().getSimpleName());
    }
    channel.close().await();
    facts.print();
  }
}
