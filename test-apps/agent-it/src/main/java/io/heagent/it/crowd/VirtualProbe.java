package io.heagent.it.crowd;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Self;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Very many virtual threads that connect at once (JDK 21+). Arguments: the port, how many, the
 * connect timeout in ms, how often at most, and the time in ms that those with a dead first address
 * are to take: once they have done with it, they are not done again.
 */
public final class VirtualProbe {
  private static final String PINNED = "jdk.VirtualThreadPinned";
  private static final int MOST_FRAMES = 30;

  private VirtualProbe() {}

  private interface Connect {
    void run() throws IOException;
  }

  /**
   * The names to connect to, each with a dead first address of which nothing is known before: one
   * to warm up with, and one for each time.
   */
  public static List<String> names(int times) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i <= times; i++) {
      names.add(i + "." + ChannelScenario.DEAD_FIRST.host());
    }
    return names;
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int count = Integer.parseInt(args[1]);
    int millis = Integer.parseInt(args[2]);
    List<String> names = names(Integer.parseInt(args[3]));
    long limit = Long.parseLong(args[4]);
    InetSocketAddress good = ChannelScenario.GOOD_FIRST.address(port);
    InetSocketAddress warm = new InetSocketAddress(names.remove(0), port);
    Path file = Files.createTempFile("he-pinned-", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PINNED).withoutThreshold();
      for (String event : List.of("Race", "Attempt", "Lookup", "LeftAlone")) {
        recording.disable("heagent." + event);
      }
      recording.start();
      // Loading and initialising a class pins the thread. So this is done before pinned threads
      // are counted, and while the recorder runs, for which the agent has classes too.
      all(20, () -> socket(warm, millis), new Crowd("warm-up"));
      all(20, () -> channel(good), new Crowd("warm-up"));
      Instant counted = Instant.now();
      Crowd healthy = new Crowd("healthy");
      Crowd sockets = new Crowd("sockets");
      for (String name : names) {
        InetSocketAddress dead = new InetSocketAddress(name, port);
        all(count, () -> socket(good, millis), healthy);
        all(count, () -> socket(dead, millis), sockets);
        if (Collections.min(sockets.millis) <= limit) {
          break;
        }
      }
      Crowd channels = new Crowd("channels");
      all(count / 10, () -> channel(good), channels);
      recording.stop();
      recording.dump(file);
      healthy.print();
      sockets.print();
      channels.print();
      List<String> pinned = pinned(file, counted);
      new Facts("end")
          .put("pinned", pinned.size())
          .put("where", Set.copyOf(pinned))
          .put("threads", Self.agentThreads())
          .print();
    } finally {
      Files.delete(file);
    }
  }

  /** The agent's own events are in the recording too: those of the JDK count here. */
  private static List<String> pinned(Path file, Instant since) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(PINNED))
        .filter(event -> event.getStartTime().isAfter(since))
        .map(event -> where(event.getStackTrace()))
        .toList();
  }

  /** The methods of a stack, the innermost first. */
  private static String where(RecordedStackTrace stack) {
    return stack.getFrames().stream()
        .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
        .limit(MOST_FRAMES)
        .collect(Collectors.joining(" < "));
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

  /** What became of all who connected at once, each time. */
  private static final class Crowd {
    final String name;
    final AtomicInteger connecting = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger connected = new AtomicInteger();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();
    final List<Long> millis = new ArrayList<>();

    Crowd(String name) {
      this.name = name;
    }

    /**
     * Most of the threads that are connecting have left their carriers for another to come here.
     */
    void connect(Connect connect) throws IOException {
      atOnce.accumulateAndGet(connecting.incrementAndGet(), Math::max);
      try {
        connect.run();
        connected.incrementAndGet();
      } finally {
        connecting.decrementAndGet();
      }
    }

    void print() {
      new Facts(name)
          .put("all done each time after ms", millis)
          .put("shortest of these ms", Collections.min(millis))
          .put("times", millis.size())
          .put("at once", atOnce)
          .put("connected", connected)
          .put("failed", failures.size())
          .put("a failure", failures.peek())
          .print();
    }
  }

  private static void all(int count, Connect connect, Crowd crowd) throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(
          start(
              () -> {
                try {
                  begin.await();
                  crowd.connect(connect);
                } catch (IOException | InterruptedException e) {
                  crowd.failures.add(e.toString());
                }
              }));
    }
    long start = System.nanoTime();
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    crowd.millis.add((System.nanoTime() - start) / 1_000_000L);
  }

  /** By reflection, because this is compiled for JDK 17, which has no virtual threads. */
  private static Thread start(Runnable task) throws ReflectiveOperationException {
    return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
  }
}
