package io.heagent.agent.connect.watch;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.log.Faults;
import io.heagent.engine.time.Scheduler;
import java.net.InetSocketAddress;

/**
 * One connect that is only watched. The end of a blocking one is seen when the JDK's connect
 * returns or throws. That of a channel comes later, on threads of the program where nothing is
 * woven for it; so the agent's loop looks at the state of the channel's object now and then,
 * without a system call, until it is not connecting any more.
 *
 * <p>The thread that connects uses this object until {@link #returned}, then the loop, and a last
 * time the thread that reports when the JVM ends. Its monitor guards whether the end is noted; only
 * the monitors of the hosts seen and of the loop are taken inside.
 */
public final class WatchedConnect implements Runnable {

  /** How often the loop looks at a channel, and so how exactly it sees the end of the connect. */
  private static final long LOOK_NANOS = 5_000_000L;

  /** How often the loop looks at a channel that has been connecting for {@link #LATE_NANOS}. */
  private static final long LATE_LOOK_NANOS = 50_000_000L;

  private static final long LATE_NANOS = 1_000_000_000L;

  /**
   * After this time the loop looks at a channel no more, because the program has probably forgotten
   * it.
   */
  private static final long MOST_NANOS = 180_000_000_000L;

  private final ProgramSocket socket;
  private final InetSocketAddress target;
  private final String host;
  private final long delayNanos;
  private final Watcher watcher;
  private final Scheduler time;
  private final long startedAt;

  /**
   * Whether the socket was bound before the connect. If not, a local address that it has later
   * shows that it was connected.
   */
  private final boolean boundBefore;

  /** Whether its end is noted, or it was given up. Guarded by the monitor. */
  private boolean done;

  /**
   * A connect that begins now.
   *
   * @param delayNanos the time after which a race would dial another address
   * @param time runs the looks at a channel
   */
  WatchedConnect(
      ProgramSocket socket,
      InetSocketAddress target,
      String host,
      long delayNanos,
      Watcher watcher,
      Scheduler time) {
    this.socket = socket;
    this.target = target;
    this.host = host;
    this.delayNanos = delayNanos;
    this.watcher = watcher;
    this.time = time;
    this.startedAt = time.now();
    this.boundBefore = socket.isBound();
  }

  /** What the program connects to. */
  public InetSocketAddress target() {
    return target;
  }

  /** The JDK's connect returns or throws. Never throws. */
  public void returned() {
    look();
  }

  @Override
  public void run() {
    look();
  }

  /**
   * Whether the connect has succeeded. The program may have closed the connection again by now; the
   * closed socket still has the local address that the connect gave it.
   */
  private boolean hasConnected() {
    return socket.isOpen() || (!boundBefore && socket.isBound());
  }

  /** Notes the end, if there is one by now, and else looks again later, unless nobody will ask. */
  private synchronized void look() {
    try {
      long took = time.now() - startedAt;
      if (done) {
        return;
      }
      done = !socket.isConnecting();
      if (done) {
        watcher.observed().ended(host, target.getPort(), hasConnected(), took, delayNanos);
      } else if (took > MOST_NANOS || watcher.hasEnded()) {
        done = true;
      } else {
        time.schedule(time.now() + (took < LATE_NANOS ? LOOK_NANOS : LATE_LOOK_NANOS), this);
      }
      watcher.isPending(this, !done);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
