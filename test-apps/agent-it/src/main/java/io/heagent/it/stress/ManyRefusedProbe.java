package io.heagent.it.stress;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * One select under which the first addresses of thousands of channels fail one by one, while their
 * siblings are silent, until the program's own event comes. Arguments: the port, and how many.
 */
public final class ManyRefusedProbe {
  private static final long BETWEEN_NANOS = 200_000;

  private ManyRefusedProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = ChannelScenario.ALL_DEAD.address(Integer.parseInt(args[0]));
    int count = Integer.parseInt(args[1]);
    Pipe pipe = Pipe.open();
    try (Selector selector = Selector.open()) {
      List<SocketChannel> channels = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        SocketChannel channel = Racing.connecting(to);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channels.add(channel);
      }
      pipe.source().configureBlocking(false);
      SelectionKey own = pipe.source().register(selector, SelectionKey.OP_READ);
      Thread selecting = Thread.currentThread();
      int[] depths = new int[2];
      Thread failing =
          new Thread(
              null, () -> failAll(channels, selecting, depths, pipe), "failing", 1024 * 1024);
      failing.start();
      int found = selector.select();
      failing.join();
      new Facts("refused one by one")
          .put("found", found)
          .put("own", selector.selectedKeys().equals(java.util.Set.of(own)))
          .put("deeper", depths[1] - depths[0])
          .print();
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  /**
   * The network cannot be made to refuse each of them on demand. To a poll this looks the same as a
   * refusal.
   */
  private static void failAll(
      List<SocketChannel> channels, Thread selecting, int[] depths, Pipe pipe) {
    try {
      Class<?> net = Class.forName("sun.nio.ch.Net");
      Method shutdown = net.getDeclaredMethod("shutdown", FileDescriptor.class, int.class);
      shutdown.setAccessible(true);
      Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
      descriptor.setAccessible(true);
      depths[0] = waiting(selecting);
      for (SocketChannel channel : channels) {
        shutdown.invoke(null, descriptor.invoke(channel), 2);
        java.util.concurrent.locks.LockSupport.parkNanos(BETWEEN_NANOS);
      }
      depths[1] = waiting(selecting);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e instanceof InvocationTargetException ? e.getCause() : e);
    } finally {
      wake(pipe);
    }
  }

  private static void wake(Pipe pipe) {
    try {
      pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How deep the thread's stack is once it waits for events; 0 if it no longer selects. */
  private static int waiting(Thread selecting) {
    while (true) {
      StackTraceElement[] stack = selecting.getStackTrace();
      String top =
          stack.length == 0 ? "" : stack[0].getClassName() + "." + stack[0].getMethodName();
      if (top.equals("sun.nio.ch.EPoll.wait")) {
        return stack.length;
      } else if (selecting.getState() == Thread.State.WAITING) {
        return 0;
      }
      Racing.letPass(1);
    }
  }
}
