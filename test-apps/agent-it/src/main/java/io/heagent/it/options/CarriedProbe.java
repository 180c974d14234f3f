package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Threads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sets options that Java has no name for, as native code does, and urgent data inline, connects,
 * and tells what the connection has of them: to a literal address, where nothing is raced, and to
 * names whose first address is dead. Arguments: port, the name whose second address is late, and
 * that address.
 */
public final class CarriedProbe {
  /** When the options are set. */
  public enum When {
    NEVER,
    BEFORE,
    /** While the first address is waited for. */
    DURING,
    /** While the sibling that is to win is being dialled too: it answers late. */
    LATE
  }

  private static final long DURING_MILLIS = 30;

  /** After the delay of 100 ms, before the system dials the late address a second time. */
  private static final long LATE_MILLIS = 400;

  private CarriedProbe() {}

  /** The name of a case. */
  public static String name(RawSocket.Kind kind, When when, boolean raced) {
    return kind + " " + when + (raced ? " raced" : " alone");
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    InetSocketAddress late = new InetSocketAddress(args[2], port);
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      for (When when : When.values()) {
        one(kind, when, false, new InetSocketAddress(Service.TALK.address(), port));
      }
      for (When when : List.of(When.NEVER, When.BEFORE, When.DURING)) {
        one(kind, when, true, new InetSocketAddress(Scenario.DEAD_FIRST.host(Service.TALK), port));
      }
    }
    List<Thread> threads = new ArrayList<>();
    try (LateServer server = new LateServer(late)) {
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        InetSocketAddress to = new InetSocketAddress(args[1], port);
        threads.add(Threads.PLATFORM.start(() -> one(kind, When.LATE, true, to)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS + DURING_MILLIS));
      server.open();
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private static void one(RawSocket.Kind kind, When when, boolean raced, InetSocketAddress to) {
    Facts facts = new Facts(name(kind, when, raced));
    try (RawSocket socket = kind.open()) {
      boolean before = when == When.BEFORE || (!raced && when != When.NEVER);
      if (before) {
        set(socket);
      }
      Thread setter = null;
      if (!before && when != When.NEVER) {
        long millis = when == When.LATE ? LATE_MILLIS : DURING_MILLIS;
        setter =
            Threads.PLATFORM.start(
                () -> {
                  LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                  set(socket);
                });
      }
      socket.connect(to);
      if (setter != null) {
        setter.join();
      }
      facts.put("options", socket.all());
    } catch (Exception e) {
      facts.put("error", e);
    }
    facts.print();
  }

  private static void set(RawSocket socket) {
    try {
      socket.setByJava();
      for (RawOption option : RawOption.values()) {
        option.set(socket);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
