package io.heagent.it.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.heagent.it.lab.Facts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Connects to each host with the epoll transport, talks, and notes what it saw. Arguments: the
 * port, the connect timeout in ms, the hosts.
 */
public final class NettyProbe {
  private static final int TOS = 0x10;
  private static final int IDLE = 77;
  private static final int BUFFER = 50_000;
  private static final int LINGER = 3;
  private static final int SYNS = 3;
  private static final String RENO = "reno";

  /**
   * Options that Netty knows by number only. The value of the second one is a name, which no int
   * can hold.
   */
  private static final IntegerUnixChannelOption SYN_COUNT =
      new IntegerUnixChannelOption("TCP_SYNCNT", 6, 7);

  private static final RawUnixChannelOption CONGESTION =
      new RawUnixChannelOption("TCP_CONGESTION", 6, 13, RENO.length());

  private static final int O_CLOEXEC = 0x80000;

  private NettyProbe() {}

  @SuppressWarnings("deprecation") // The one event loop that 4.1 and 4.2 both have.
  public static void main(String[] args) throws Exception {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    try {
      for (int i = 2; i < args.length; i++) {
        connect(group, args[i], Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static void connect(EventLoopGroup group, String host, int port, int millis)
      throws IOException, InterruptedException {
    Facts facts = new Facts(host);
    Talk talk = new Talk();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.SO_RCVBUF, BUFFER)
            .option(ChannelOption.IP_TOS, TOS)
            .option(EpollChannelOption.TCP_KEEPIDLE, IDLE)
            .option(EpollChannelOption.TCP_CORK, true)
            .option(EpollChannelOption.TCP_QUICKACK, false)
            .option(SYN_COUNT, SYNS)
            .handler(talk);
    if (host.startsWith("dead-")) {
      // Only where it connects in the end: Netty closes such a channel on another thread.
      bootstrap.option(ChannelOption.SO_LINGER, LINGER);
    }
    if (host.startsWith("dead-refused-")) {
      // Only in one case: the address that wins is dialled again where this is set.
      bootstrap.option(CONGESTION, ByteBuffer.wrap(RENO.getBytes(US_ASCII)));
    }
    long begin = System.nanoTime();
    var connected = bootstrap.connect(host, port).await();
    facts.put("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    Channel channel = connected.channel();
    if (connected.isSuccess()) {
      InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
      int local = ((InetSocketAddress) channel.localAddress()).getPort();
      String said = talk.line();
      facts.put("remote", remote.getAddress().getHostAddress());
      facts.put("host", remote.getHostString());
      facts.put("quickack", talk.quickAck());
      facts.put("closed on exec", isClosedOnExec((EpollSocketChannel) channel));
      facts.put("talk", said.endsWith(" " + local) ? "with its peer" : local + " was told " + said);
      facts.put("echo", talk.echo(channel));
      facts.put(
          "options",
          channel.config().getOption(ChannelOption.TCP_NODELAY)
              + " "
              + channel.config().getOption(ChannelOption.SO_KEEPALIVE)
              + " "
              + channel.config().getOption(ChannelOption.SO_LINGER)
              + " "
              + (channel.config().getOption(ChannelOption.SO_RCVBUF) == 2 * BUFFER)
              + " "
              + channel.config().getOption(ChannelOption.IP_TOS)
              + " "
              + channel.config().getOption(EpollChannelOption.TCP_KEEPIDLE)
              + " "
              + channel.config().getOption(EpollChannelOption.TCP_CORK)
              + " "
              + channel.config().getOption(SYN_COUNT)
              + " "
              + congestion(channel));
    } else {
      facts.put("failure", connected.cause().getClass().getName());
      facts.put("message", connected.cause().getMessage());
    }
    if (connected.isSuccess()) {
      channel.config().setOption(ChannelOption.SO_LINGER, -1);
    }
    channel.close().await();
    if (connected.isSuccess()) {
      talk.awaitInactive();
    }
    facts.put("events", talk.events());
    facts.print();
  }

  private static boolean isClosedOnExec(EpollSocketChannel channel) throws IOException {
    Path info = Path.of("/proc/self/fdinfo", String.valueOf(channel.fd().intValue()));
    for (String line : Files.readAllLines(info)) {
      if (line.startsWith("flags:")) {
        return (Integer.parseInt(line.substring(6).strip(), 8) & O_CLOEXEC) != 0;
      }
    }
    return false;
  }

  /** The beginning of its name: four bytes are asked for, and a shorter one ends with zeros. */
  private static String congestion(Channel channel) {
    return US_ASCII.decode(channel.config().getOption(CONGESTION)).toString().replace("\0", "");
  }
}
