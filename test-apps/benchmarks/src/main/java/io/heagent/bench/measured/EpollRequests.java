package io.heagent.bench.measured;

import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.concurrent.SynchronousQueue;

/**
 * Makes requests on Netty's epoll transport when it is told to. A request is one byte, and its
 * answer is the same byte. Everything happens on the event loop, one request after the other, so
 * that the measured time has neither waits nor changes of threads in it.
 *
 * <p>Arguments: host, port, and the port at which it is told on this host's loopback: it reads how
 * many requests to make and over how many connections, and answers with the microseconds of CPU
 * that the whole JVM has taken for each request. Knows nothing of the agent.
 */
@SuppressWarnings({"deprecation", "FutureReturnValueIgnored"}) // One event loop for 4.1 and 4.2.
public final class EpollRequests {

  private static final int TIMEOUT_MILLIS = 30_000;

  private final Bootstrap bootstrap;

  /** How many connects are to follow, and how many requests each makes. The event loop's. */
  private int connects;

  private int requestsEach;

  /** Takes the failure of a batch, or an empty text. */
  private final SynchronousQueue<String> over = new SynchronousQueue<>();

  private EpollRequests(EventLoopGroup group, String host, int port) {
    this.bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
            .remoteAddress(host, port)
            .handler(new Requests());
  }

  public static void main(String[] args) throws Exception {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    EpollRequests requests = new EpollRequests(group, args[0], Integer.parseInt(args[1]));
    try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(args[2]))) {
      DataInputStream told = new DataInputStream(socket.getInputStream());
      DataOutputStream answers = new DataOutputStream(socket.getOutputStream());
      while (true) {
        answers.writeDouble(requests.micros(group, told.readInt(), told.readInt()));
      }
    } catch (EOFException over) {
      System.exit(0);
    }
  }

  private double micros(EventLoopGroup group, int count, int connections)
      throws IOException, InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long begin = system.getProcessCpuTime();
    group.execute(() -> begin(count / connections, connections));
    String failure = over.take();
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    return (system.getProcessCpuTime() - begin) / 1_000.0 / count;
  }

  private void begin(int requests, int connections) {
    requestsEach = requests;
    connects = connections;
    connect();
  }

  private void connect() {
    bootstrap
        .connect()
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                over.put(done.cause().toString());
              }
            });
  }

  /** Each connection's requests; what is left of them is the event loop's, one at a time. */
  @Sharable
  private final class Requests extends ChannelInboundHandlerAdapter {
    private int left;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      left = requestsEach;
      request(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object answer) {
      ReferenceCountUtil.release(answer);
      if (--left > 0) {
        request(context);
      } else {
        context.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws InterruptedException {
      if (left > 0) {
        over.put("closed by the server");
      } else if (--connects > 0) {
        connect();
      } else {
        over.put("");
      }
    }

    private void request(ChannelHandlerContext context) {
      ByteBuf request = context.alloc().buffer(1).writeByte('a');
      context.writeAndFlush(request, context.voidPromise());
    }
  }
}
