package io.heagent.it.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The client of a talk service on one channel: reads the line by which that says at which port it
 * sees us, has something echoed, and keeps the events of the channel.
 */
final class Talk extends ChannelInboundHandlerAdapter {
  private static final String SECRET = "echo";

  private final LinkedBlockingQueue<Character> read = new LinkedBlockingQueue<>();
  private final Queue<String> events = new ConcurrentLinkedQueue<>();
  private final CountDownLatch inactive = new CountDownLatch(1);

  /** Of a channel of the epoll transport, when it was told that it is connected; else null. */
  private volatile Boolean quickAck;

  @Override
  public void channelActive(ChannelHandlerContext context) {
    quickAck = context.channel().config().getOption(EpollChannelOption.TCP_QUICKACK);
    events.add("active");
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    events.add("inactive");
    inactive.countDown();
  }

  /** Netty tells it some time after the close. */
  void awaitInactive() throws InterruptedException {
    inactive.await(10, TimeUnit.SECONDS);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    events.add(cause.toString());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    for (char c : bytes.toString(StandardCharsets.US_ASCII).toCharArray()) {
      read.add(c);
    }
    bytes.release();
  }

  /** The line, without its end. */
  String line() throws InterruptedException {
    StringBuilder line = new StringBuilder();
    for (Character c = next(); c != null && c != '\n'; c = next()) {
      line.append(c.charValue());
    }
    return line.toString();
  }

  /**
   * The value of TCP_QUICKACK at the beginning. Later the kernel switches it on by itself: 40 ms
   * after the line has come, if the channel has sent nothing by then.
   */
  Boolean quickAck() {
    return quickAck;
  }

  /** What comes back of a word. */
  String echo(Channel channel) throws InterruptedException {
    channel.writeAndFlush(Unpooled.copiedBuffer(SECRET, StandardCharsets.US_ASCII)).await();
    StringBuilder echo = new StringBuilder();
    while (echo.length() < SECRET.length()) {
      Character c = next();
      if (c == null) {
        break;
      }
      echo.append(c.charValue());
    }
    return echo.toString();
  }

  private Character next() throws InterruptedException {
    return read.poll(10, TimeUnit.SECONDS);
  }

  /** In order. */
  String events() {
    return events.toString();
  }
}
