package io.heagent.it.netty.hostile;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Self;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connects many channels at once, closes two in five of them at random moments, some with
 * SO_LINGER, while strangers take over descriptor numbers as soon as they are free. Each channel
 * and each stranger checks that it talks to its own peer. Arguments: the port, the number of
 * connects, the seed, the hosts.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a channel is told to its listeners.
public final class NettyHostileProbe {
  /** Those that are closed while they connect may wait in the service's accept queue as well. */
  private static final int AT_ONCE = 40;

  private static final int STRANGERS = 2;
  private static final int CLOSED_PERCENT = 40;
  private static final int LINGER_PERCENT = 20;
  private static final int CLOSE_WITHIN_MILLIS = 60;

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ScheduledExecutorService closer = Executors.newScheduledThreadPool(1);
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final List<String> hosts;
  private final int port;

  private NettyHostileProbe(List<String> hosts, int port) {
    this.hosts = hosts;
    this.port = port;
  }

  @SuppressWarnings("deprecation") // The one event loop that 4.1 and 4.2 both have.
  public static void main(String[] args) throws Exception {
    List<String> hosts = List.of(args).subList(3, args.length);
    NettyHostileProbe probe = new NettyHostileProbe(hosts, Integer.parseInt(args[0]));
    EventLoopGroup group = new EpollEventLoopGroup(2);
    Facts facts = new Facts("hostile").put("seed", args[2]);
    probe.play(group, 200, 1);
    int descriptors = Self.descriptors();
    probe.play(group, Integer.parseInt(args[1]), Long.parseLong(args[2]));
    facts.put("descriptors", Self.backTo(descriptors, Self::descriptors));
    facts.put("counts", new TreeMap<>(probe.counts));
    facts.put("wrong", probe.wrong);
    facts.print();
    probe.closer.shutdownNow();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private void play(EventLoopGroup group, int connects, long seed) throws InterruptedException {
    Stranger[] strangers = new Stranger[STRANGERS];
    for (int i = 0; i < STRANGERS; i++) {
      strangers[i] = new Stranger(hosts.get(0), port, this::count, wrong);
      strangers[i].start();
    }
    Random random = new Random(seed);
    for (int i = 0; i < connects; i++) {
      if (!free.tryAcquire(1, TimeUnit.MINUTES)) {
        wrong.add("a channel is neither connected nor closed after a minute");
        break;
      }
      connect(group, random);
    }
    if (!free.tryAcquire(AT_ONCE, 1, TimeUnit.MINUTES)) {
      wrong.add("neither connected nor closed: " + open);
    } else {
      free.release(AT_ONCE);
    }
    for (Stranger stranger : strangers) {
      stranger.end();
    }
  }

  private void connect(EventLoopGroup group, Random random) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 20_000)
            .handler(new Conversation());
    if (random.nextInt(100) < LINGER_PERCENT) {
      bootstrap.option(ChannelOption.SO_LINGER, 1);
    }
    boolean closes = random.nextInt(100) < CLOSED_PERCENT;
    int after = random.nextInt(CLOSE_WITHIN_MILLIS);
    ChannelFuture connect = bootstrap.connect(hosts.get(random.nextInt(hosts.size())), port);
    Channel channel = connect.channel();
    open.add(channel);
    channel
        .closeFuture()
        .addListener(
            closed -> {
              open.remove(channel);
              free.release();
            });
    connect.addListener(
        done -> {
          if (!done.isSuccess() && !closes) {
            wrong.add("failed: " + done.cause());
          }
        });
    if (closes) {
      count("closed");
      closer.schedule(() -> channel.close(), after, TimeUnit.MILLISECONDS);
    }
  }

  private void count(String what) {
    counts.computeIfAbsent(what, key -> new LongAdder()).increment();
  }

  /** Reads the service's line, by which it says at which port it sees the channel, and closes. */
  private final class Conversation extends ChannelInboundHandlerAdapter {
    private final StringBuilder line = new StringBuilder();
    private final AtomicInteger active = new AtomicInteger();

    @Override
    public void channelActive(ChannelHandlerContext context) {
      if (active.incrementAndGet() > 1) {
        wrong.add("active twice");
      }
      count("connected");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      line.append(bytes.toString(StandardCharsets.US_ASCII));
      bytes.release();
      if (line.indexOf("\n") >= 0) {
        int local = ((InetSocketAddress) context.channel().localAddress()).getPort();
        if (!line.toString().endsWith(" " + local + "\n")) {
          wrong.add(local + " was told " + line);
        }
        count("talked");
        context.close();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Netty 4.1 takes a descriptor with SO_LINGER out of its event loop before it closes it.
      count("caught " + cause.getClass().getSimpleName());
      context.close();
    }
  }
}
