package io.heagent.it.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connect of a plain client on Netty's epoll transport. */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a channel is told to its handlers.
final class NettyConnect extends ChannelInboundHandlerAdapter {
  private static final String REFUSED =
      "io.netty.channel.AbstractChannel$AnnotatedConnectException";

  @SuppressWarnings("deprecation") // The one event loop that 4.1 and 4.2 both have.
  private static final EventLoopGroup GROUP =
      new EpollEventLoopGroup(1, new DefaultThreadFactory("netty", true));

  private final AtomicInteger active = new AtomicInteger();
  private final AtomicInteger read = new AtomicInteger();
  private final CountDownLatch readOrClosed = new CountDownLatch(1);

  private NettyConnect() {}

  /** As {@link FaultKind#connect}; Netty's exceptions by the names of the JDK's. */
  static String to(InetSocketAddress target, int millis, int servedMillis) throws Exception {
    NettyConnect events = new NettyConnect();
    ChannelFuture connect =
        new Bootstrap()
            .group(GROUP)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
            .handler(events)
            .connect(target);
    try {
      if (!connect.await(millis + servedMillis, TimeUnit.MILLISECONDS)) {
        return "hangs";
      }
      return connect.isSuccess() ? events.served(servedMillis) : events.failed(connect.cause());
    } finally {
      connect.channel().close().await();
    }
  }

  private String served(int millis) throws InterruptedException {
    readOrClosed.await(millis, TimeUnit.MILLISECONDS);
    if (read.get() == 0) {
      return "closed";
    }
    return active.get() == 1 ? FaultKind.CONNECTED : "told " + active + " times";
  }

  private String failed(Throwable cause) throws Exception {
    if (active.get() > 0) {
      return "told of a connection, then " + cause;
    } else if (!Faults.isTelling(cause)) {
      if (cause instanceof ConnectTimeoutException) {
        return FaultKind.PENDING;
      } else if (cause.getClass().getName().equals(REFUSED)) {
        return ConnectException.class.getName();
      }
    }
    throw cause instanceof Exception failure ? failure : new Exception(cause);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    active.incrementAndGet();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    read.incrementAndGet();
    ReferenceCountUtil.release(message);
    readOrClosed.countDown();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    readOrClosed.countDown();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
