package io.heagent.probes.nio;

import io.heagent.probes.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Very many virtual threads that connect at once (JDK 21+). Arguments: the port, how many, the
 * connect timeout in ms, and "unknown" where nothing may be known of the dead address before.
 */
public final class VirtualProbe {
  private VirtualProbe() {}

  private interface Connect {
    void run() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    int millis = Integer.parseInt(args[2]);
    InetSocketAddress dead = NioScenario.DEAD_FIRST.address(port);
    InetSocketAddress good = NioScenario.GOOD_FIRST.address(port);
    boolean unknown = args.length > 3 && args[3].equals("unknown");
    // What is loaded and initialised once pins its thread, and is not what is counted.
    all(20, () -> socket(unknown ? good : dead, millis), new Facts("warm-up"));
    all(20, () -> channel(good), new Facts("warm-up"));
    Path file = Files.createTempFile("he-pinned-", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.VirtualThreadPinned").withoutThreshold();
      recording.start();
      Facts healthy = new Facts("healthy");
      all(count, () -> socket(good, millis), healthy);
      Facts sockets = new Facts("sockets");
      all(count, () -> socket(dead, millis), sockets);
      Facts channels = new Facts("channels");
      all(count / 10, () -> channel(good), channels);
      recording.stop();
      recording.dump(file);
      healthy.print();
      sockets.print();
      channels.print();
      new Facts("end")
          .put("pinned", RecordingFile.readAllEvents(file).size())
          .put("threads", Self.agentThreads())
          .print();
    } finally {
      Files.delete(file);
    }
  }

  private static void socket(InetSocketAddress to, int millis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, millis);
    }
  }

  private static void channel(InetSocketAddress to) throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.connect(to);
    }
  }

  private static void all(int count, Connect connect, Facts facts) throws Exception {
    AtomicInteger connected = new AtomicInteger();
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          start(
              () -> {
                try {
                  begin.await();
                  connect.run();
                  connected.incrementAndGet();
                } catch (IOException | InterruptedException e) {
                  failures.add(e.toString());
                }
              }));
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    facts.put("all done after ms", (System.nanoTime() - start) / 1_000_000L);
    facts.put("connected", connected.get());
    facts.put("failed", failures.size()).put("a failure", failures.peek());
  }

  /** Compiled for JDK 17, which does not have it. */
  private static Thread start(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }
}
