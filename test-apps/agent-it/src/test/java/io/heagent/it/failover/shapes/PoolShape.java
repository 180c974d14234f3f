package io.heagent.it.failover.shapes;

import io.heagent.it.lab.Facts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.RoundRobinInetAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import redis.clients.jedis.Jedis;

/** Pools that connect on all their threads at once, each to the next address of a name. */
final class PoolShape {
  private static final int ROUNDS = 3;

  private final ShapeHosts hosts;

  PoolShape(ShapeHosts hosts) {
    this.hosts = hosts;
  }

  /** All three; tells of each how many connects came to an end. */
  void run() throws Exception {
    run("sockets", this::socket);
    run("jedis", this::jedis);
    run("netty", netty());
  }

  private interface Connect {
    /** The connect of one thread in one round. */
    void connect(int turn) throws Exception;
  }

  /** Connects at once on all threads, in rounds. */
  private void run(String name, Connect connect) throws Exception {
    Facts facts = new Facts(name);
    ExecutorService threads = Executors.newFixedThreadPool(ShapesProbe.THREADS);
    CyclicBarrier start = new CyclicBarrier(ShapesProbe.THREADS);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < ShapesProbe.THREADS; i++) {
      int thread = i;
      tasks.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              start.await();
              long begun = System.nanoTime();
              try {
                connect.connect(thread + round);
                synchronized (millis) {
                  millis.add((System.nanoTime() - begun) / 1_000_000L);
                }
              } catch (Exception e) {
                facts.put("failure", e);
              }
            }
            return true;
          });
    }
    threads.invokeAll(tasks);
    threads.shutdown();
    facts.put("connected", millis.size());
    facts
        .put("late", millis.stream().filter(time -> time >= ShapesProbe.PATIENT_MILLIS).count())
        .print();
  }

  private void socket(int turn) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(hosts.address("sockets.shape.test", turn), ShapesProbe.PATIENT_MILLIS);
    }
  }

  private void jedis(int turn) {
    try (Jedis jedis = new Jedis("jedis.shape.test", hosts.port(), ShapesProbe.PATIENT_MILLIS)) {
      jedis.connect();
    }
  }

  private Connect netty() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory()))
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, ShapesProbe.PATIENT_MILLIS)
            .resolver(new RoundRobin())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {}
                });
    return turn ->
        bootstrap.connect("netty.shape.test", hosts.port()).sync().channel().close().sync();
  }

  private static final class RoundRobin extends AddressResolverGroup<InetSocketAddress> {
    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new RoundRobinInetAddressResolver(executor, new DefaultNameResolver(executor))
          .asAddressResolver();
    }
  }
}
