package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stops a thread by {@code Thread.stop} while it connects. Arguments: the port, the name of a good
 * host, and names of silent ones, each followed by the class in which the thread is to wait.
 */
public final class StopProbe {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final String NONE = "none";

  private StopProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    // So that no class is being initialised when the thread is stopped: that class would be lost.
    for (int i = 2; i < args.length; i += 2) {
      end(new InetSocketAddress("warm." + args[i], port), NONE);
    }
    for (int i = 2; i < args.length; i += 2) {
      new Facts(args[i + 1])
          .put("thrown", end(new InetSocketAddress(args[i], port), args[i + 1]))
          .put("next", end(new InetSocketAddress(args[1], port), NONE))
          .print();
    }
  }

  private static String end(InetSocketAddress to, String stopIn) throws InterruptedException {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = new Thread(() -> connect(to, thrown));
    thread.start();
    if (!stopIn.equals(NONE)) {
      await(thread, stopIn);
      stop(thread);
    }
    thread.join();
    return thrown.get() == null ? "connected" : thrown.get().getClass().getName();
  }

  private static void connect(InetSocketAddress to, AtomicReference<Throwable> thrown) {
    try (Socket socket = new Socket()) {
      socket.connect(to, TIMEOUT_MILLIS);
    } catch (IOException | Error e) {
      thrown.set(e);
    }
  }

  private static void await(Thread thread, String in) {
    while (thread.isAlive()) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getClassName().endsWith(in)) {
          return;
        }
      }
      Thread.onSpinWait();
    }
  }

  @SuppressWarnings("deprecation") // Programs on JDK 17 may still do so.
  private static void stop(Thread thread) {
    thread.stop();
  }
}
