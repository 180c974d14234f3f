package io.heagent.it.history;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects to names whose addresses change after the agent has learned about them. Their hosts are
 * servers in this process.
 */
public final class ChangeProbe {
  /** Three addresses: dead from the outset, good at first, good all the time. */
  public static final String DYING = "dying.test";

  public static final List<String> DYING_HOSTS = List.of("127.9.4.1", "127.9.4.2", "127.9.4.3");

  /** One that the kernel itself will not connect to, and one that is good at first. */
  public static final String LEAVING = "leaving.test";

  public static final List<String> LEAVING_HOSTS = List.of("127.255.255.255", "127.9.5.1");

  private static final int PATIENT_MILLIS = 60_000;
  private static final int MOST_TRIES = 1_000;

  private ChangeProbe() {}

  public static void main(String[] args) throws Exception {
    theGoodOneDies();
    theGoodOneRefuses();
  }

  private static void theGoodOneDies() throws Exception {
    int port = FreePort.on(DYING_HOSTS);
    Deque<Closeable> open = new ArrayDeque<>();
    try {
      open.push(BlackHole.on(DYING_HOSTS.get(0), port));
      open.push(TalkServer.plain(DYING_HOSTS.get(2), port));
      open.push(TalkServer.plain(DYING_HOSTS.get(1), port));
      connect("dying 1", DYING, port);
      connect("dying 2", DYING, port);
      open.pop().close();
      open.push(replaced(DYING_HOSTS.get(1), port));
      connect("dying 3", DYING, port);
      connect("dying 4", DYING, port);
    } finally {
      for (Closeable host : open) {
        host.close();
      }
    }
  }

  /** A listener that was closed may still hold the port until its own thread has ended. */
  private static Closeable replaced(String address, int port) throws IOException {
    for (int i = 1; true; i++) {
      try {
        return BlackHole.on(address, port);
      } catch (BindException inUse) {
        if (i == MOST_TRIES) {
          throw inUse;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  private static void theGoodOneRefuses() throws Exception {
    int port = FreePort.on(LEAVING_HOSTS.get(1));
    TalkServer leaving = TalkServer.plain(LEAVING_HOSTS.get(1), port);
    connect("leaving 1", LEAVING, port);
    connect("leaving 2", LEAVING, port);
    leaving.close();
    awaitRefusal(LEAVING_HOSTS.get(1), port);
    connect("leaving 3", LEAVING, port);
  }

  /** Waits until the closed listener no longer answers, which it may do for a moment. */
  private static void awaitRefusal(String address, int port) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      if (refuses(address, port)) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    throw new IOException(address + " still answers");
  }

  private static boolean refuses(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(Loopback.address(address), port), PATIENT_MILLIS);
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (SocketException reset) {
      // This connection was in the listener's queue when the listener was closed.
      return false;
    }
  }

  private static void connect(String name, String host, int port) {
    Facts facts = new Facts(name);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENT_MILLIS);
      facts.put("peer", socket.getInetAddress());
    } catch (IOException e) {
      Failure.note(facts, e);
    }
    facts.print();
  }
}
