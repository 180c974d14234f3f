package io.heagent.it.blocking;

import io.heagent.it.lab.Descriptors;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends connects from outside while they hang: by close and by interrupt, at several moments.
 * Arguments: the port; "resolved", "unresolved", or the address to give the name without a look-up.
 */
public final class EndProbe {
  /**
   * Milliseconds after the begin, with a delay of 100 ms: while only the requested address is
   * dialled, about when the next address joins, and while both are dialled.
   */
  public static final List<Integer> MOMENTS = List.of(30, 100, 180);

  /** How long a connect that an interrupt must not end is watched after the interrupt. */
  private static final long UNHEEDED_MILLIS = 150;

  private static final long WATCHDOG_MILLIS = 30_000;

  /** How often a thread is looked at until it connects. */
  private static final long STEP_NANOS = 100_000;

  private EndProbe() {}

  /** How a connect is ended. */
  public enum End {
    CLOSE,
    INTERRUPT,
    /** The thread's interrupt status is set before it calls connect. */
    INTERRUPTED_BEFORE
  }

  /** The name of a case. */
  public static String name(Threads threads, Connector connector, End end, int moment) {
    return threads + " " + connector + " " + end + " after " + moment + " ms";
  }

  public static void main(String[] args) throws Exception {
    boolean resolved = !args[1].equals("unresolved");
    InetSocketAddress dead = address(args[1], Integer.parseInt(args[0]));
    // What the JVM loads and opens once must not count as left open.
    for (Threads threads : Threads.possible()) {
      one(threads, Connector.CHANNEL, End.CLOSE, 180, dead);
      one(threads, Connector.SOCKET, End.CLOSE, 180, dead);
    }
    int before = Descriptors.open();
    for (Threads threads : Threads.possible()) {
      for (Connector connector : connectors(resolved)) {
        for (End end : End.values()) {
          for (int moment : end == End.INTERRUPTED_BEFORE ? List.of(0) : MOMENTS) {
            one(threads, connector, end, moment, dead).print();
          }
        }
      }
    }
    new Facts("end")
        .put("descriptors", Descriptors.backTo(before))
        .put("threads", Descriptors.threadsOfTheAgent())
        .print();
  }

  private static InetSocketAddress address(String how, int port) throws IOException {
    if (how.endsWith("resolved")) {
      return Connector.address(Scenario.ALL_DEAD, port, how.equals("resolved"));
    }
    byte[] bytes = InetAddress.getByName(how).getAddress();
    String host = Scenario.ALL_DEAD.host(Service.TALK);
    return new InetSocketAddress(InetAddress.getByAddress(host, bytes), port);
  }

  /** JDK 25's adaptor refuses unresolved addresses by itself, above anything that is woven. */
  public static List<Connector> connectors(boolean resolved) {
    return resolved
        ? List.of(Connector.values())
        : List.of(Connector.SOCKET, Connector.SOCKET_TIMED, Connector.CHANNEL);
  }

  private static Facts one(
      Threads threads, Connector connector, End end, int moment, SocketAddress to)
      throws Exception {
    Facts facts = new Facts(name(threads, connector, end, moment));
    Connector.Open open = connector.open();
    Thread thread = threads.start(() -> connect(open, end, to, facts));
    long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WATCHDOG_MILLIS);
    while (thread.isAlive() && !isConnecting(thread)) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException(List.of(thread.getStackTrace()).toString());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(moment));
    if (end == End.INTERRUPT) {
      thread.interrupt();
    }
    if (end != End.CLOSE) {
      thread.join(connector.heedsInterrupt(threads) ? WATCHDOG_MILLIS : UNHEEDED_MILLIS);
      facts.put("heeded", !thread.isAlive());
    }
    open.object().close();
    thread.join(WATCHDOG_MILLIS);
    facts.put("hangs", thread.isAlive());
    return facts;
  }

  /**
   * Whether it is so far that the JDK has the connect for one under way, which a close ends, or
   * waits for a look-up. A thread that is about to connect may be kept from running, and find its
   * channel closed before.
   */
  private static boolean isConnecting(Thread thread) {
    Thread.State state = thread.getState();
    boolean waits = state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    for (StackTraceElement frame : thread.getStackTrace()) {
      String type = frame.getClassName();
      String method = frame.getMethodName();
      boolean dials = type.equals("sun.nio.ch.Net") && method.startsWith("connect");
      boolean parks = type.startsWith("sun.nio.ch.") && method.equals("park");
      boolean looksUp = type.startsWith("java.net.InetAddress");
      if (dials || parks || looksUp || (waits && method.equals("connect"))) {
        return true;
      }
    }
    return false;
  }

  private static void connect(Connector.Open open, End end, SocketAddress to, Facts facts) {
    if (end == End.INTERRUPTED_BEFORE) {
      Thread.currentThread().interrupt();
    }
    try {
      open.connect().to(to);
      facts.put("error", "none");
    } catch (IOException | RuntimeException e) {
      Failure.note(facts, e);
    }
    facts.put("interrupted", Thread.interrupted()).put("closed", open.isClosed().isSo());
  }
}
