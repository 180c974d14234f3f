package io.heagent.it.netty;

import io.heagent.it.lab.Facts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.EventLoopTaskQueueFactory;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.DefaultEventExecutorChooserFactory;
import io.netty.util.concurrent.RejectedExecutionHandler;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
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
    EventLoopGroup group = new EpollEventLoopGroup(1);
    Mover one = new Mover();
    Mover other = new Mover();
    try {
      waiting(group, args[1]);
      // Both at the same time: where Netty itself does not go on with them, they end by timeouts.
      ChannelFuture toGood = one.connectAndMove(args[1]);
      ChannelFuture toRefused = other.connectAndMove(args[2]);
      tell("moved " + args[1], toGood);
      tell("moved " + args[2], toRefused);
      full(args[1]);
      full(args[2]);
      signed(group, args[1]);
    } finally {
      one.end();
      other.end();
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static EventLoopGroup group(
      int loops, RejectedExecutionHandler refusal, EventLoopTaskQueueFactory queues) {
    return new EpollEventLoopGroup(
        loops,
        new ThreadPerTaskExecutor(Executors.defaultThreadFactory()),
        DefaultEventExecutorChooserFactory.INSTANCE,
        DefaultSelectStrategyFactory.INSTANCE,
        refusal,
        queues);
  }

  private static boolean isAgents(Thread thread) {
    return thread.getName().startsWith("he-agent");
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

  /**
   * The channel waits for EPOLLOUT, the event that ends a connect, before it connects. So the
   * connect does not make it begin to wait.
   */
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
    tell("waiting", connect[0]);
  }

  /** Takes a channel out of its event loop in the midst of the race, and puts it into another. */
  private static final class Mover {
    private final CountDownLatch handed = new CountDownLatch(1);
    private final EventLoopGroup group =
        group(2, RejectedExecutionHandlers.reject(), capacity -> new NotingQueue(handed));

    ChannelFuture connectAndMove(String host) throws InterruptedException {
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
      // The race has come to its end, and its outcome has been brought to the wrong event loop. The
      // limit is for an agent that brings none there; the outcome is the same.
      handed.await(1, TimeUnit.SECONDS);
      group.register(channel).sync();
      return connect[0];
    }

    void end() throws InterruptedException {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /** An event loop's tasks; notes the first one that the agent brings. */
  private static final class NotingQueue extends LinkedBlockingQueue<Runnable> {
    private static final long serialVersionUID = 1;

    private final transient CountDownLatch handed;

    NotingQueue(CountDownLatch handed) {
      this.handed = handed;
    }

    @Override
    public boolean offer(Runnable task) {
      if (isAgents(Thread.currentThread())) {
        handed.countDown();
      }
      return super.offer(task);
    }
  }

  /** The event loop's queue is full when the race comes to its end. */
  private static void full(String host) throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    RejectedExecutionHandler handler =
        (task, loop) -> {
          if (isAgents(Thread.currentThread())) {
            refused.countDown();
          }
          throw new RejectedExecutionException("full");
        };
    EventLoopGroup group = group(1, handler, capacity -> new ArrayBlockingQueue<>(QUEUE));
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
                // The limit is for an agent that brings the event loop no task, which then cannot
                // be refused.
                refused.await(1, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              begun.countDown();
            });
    begun.await();
    tell("full " + host, connect[0]);
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
    tell("signed", channel.connect(new InetSocketAddress(host, port)));
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

  private static void tell(String what, ChannelFuture connect) throws InterruptedException {
    Channel channel = connect.channel();
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
