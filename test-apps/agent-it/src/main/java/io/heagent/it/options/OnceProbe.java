package io.heagent.it.options;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Threads;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connects in each way to a name. Arguments: port, name, and the first address where that is to
 * answer late: after the delay, while the next one is dialled. Tells whom it has reached, and how
 * many connections the late one has seen.
 */
public final class OnceProbe {
  private static final long LATE_MILLIS = 400;

  private OnceProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = new InetSocketAddress(args[1], Integer.parseInt(args[0]));
    for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
      Facts facts = new Facts(kind.name());
      if (args.length < 3) {
        connect(kind, to, facts);
      } else {
        try (LateServer server = new LateServer(new InetSocketAddress(args[2], to.getPort()))) {
          Threads.PLATFORM.start(
              () -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS));
                server.open();
              });
          connect(kind, to, facts);
          // The client may know of the connection before the server's thread has counted it.
          long giveUpAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
          while (server.accepted() < 1 && System.nanoTime() - giveUpAt < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
          }
          facts.put("accepted", server.accepted());
        }
      }
      facts.print();
    }
  }

  private static void connect(RawSocket.Kind kind, InetSocketAddress to, Facts facts) {
    try (RawSocket socket = kind.open()) {
      socket.connect(to);
      facts.put("peer", socket.peer().getAddress().getHostAddress());
    } catch (Exception e) {
      facts.put("error", e);
    }
  }
}
