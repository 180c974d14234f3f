package io.heagent.agent.netty.channel;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;

/**
 * Where Netty has registered one channel's descriptor: in which epoll descriptor, for which events,
 * and on which thread. The event loop that registers it writes this. Methods that change the
 * registration are called under the monitor of the channel's {@code NettySocket}.
 */
public final class Registration {

  private static final int EPOLLET = 1 << 31;

  private final int number;
  private final NettyMethods methods;

  /** The epoll descriptor; -1 if it is not known. */
  private volatile int epoll = -1;

  private volatile int events;

  /** The value of {@link #untold} when Netty's last call for this descriptor was told. */
  private volatile int toldAt;

  /**
   * How many of Netty's calls that register a descriptor, of any channel, the agent has missed
   * because a hook has failed.
   */
  private final AtomicInteger untold;

  /** The event loop's thread; until it is known, the thread that connects. */
  private volatile Thread thread = Thread.currentThread();

  /**
   * Whether the descriptor is registered as edge-triggered for now. Set by the event loop only;
   * another thread only clears it, under the monitor.
   */
  private volatile boolean quiet;

  /**
   * Whether the descriptor is out of its epoll descriptor, because the system would not register it
   * again. Guarded by the monitor.
   */
  private boolean gone;

  /**
   * Makes the registration of a channel's number, of which nothing is known yet.
   *
   * @param untold counts Netty's calls, of any channel, that the agent has missed
   */
  public Registration(int number, NettyMethods methods, AtomicInteger untold) {
    this.number = number;
    this.methods = methods;
    this.untold = untold;
  }

  /**
   * Called when Netty registers the descriptor, or changes the events for which it is registered.
   */
  public void told(int epollDescriptor, int wanted) {
    thread = Thread.currentThread();
    epoll = epollDescriptor;
    events = wanted;
    quiet = false;
    toldAt = untold.get();
  }

  /**
   * Whether Netty's registration is known: the agent was told of it, and has missed no later call
   * of Netty's, which might have been for this channel.
   */
  public boolean isKnown() {
    return epoll >= 0 && toldAt == untold.get();
  }

  public boolean isOfThisThread() {
    return Thread.currentThread() == thread;
  }

  /**
   * Makes the registration edge-triggered. The attempt on the descriptor has failed while others go
   * on, and a level-triggered epoll descriptor would report that event again and again. Called on
   * the event loop.
   */
  public void hush() {
    if (quiet || !isKnown() || (events & EPOLLET) != 0) {
      return;
    }
    try {
      quiet = true;
      HeEpoll.modify(epoll, number, events | EPOLLET);
    } catch (IOException | RuntimeException | Error e) {
      // The event loop is woken more often than it need be.
      Faults.ignored(e);
    }
  }

  /**
   * Has the kernel check the descriptor again; its event makes Netty ask for the outcome. Any
   * thread may call it while Netty changes the events: Netty tells them before it registers them,
   * so that either Netty's call comes last, or this method sees that they are no longer the same.
   *
   * @throws TakenOutException if Netty has taken the descriptor out of its event loop
   * @throws NotRegisteredException if it is not known for which events it is registered
   * @throws IOException if the system cannot
   */
  public void pollAgain() throws IOException {
    if (!isKnown()) {
      throw new NotRegisteredException();
    }
    quiet = false;
    if (gone) {
      registerIfPossible();
    }
    int wanted;
    do {
      wanted = events;
      if (!HeEpoll.modify(epoll, number, wanted)) {
        throw gone ? new NotRegisteredException() : new TakenOutException();
      }
    } while (wanted != events);
    gone = false;
    if (!isKnown()) {
      throw new NotRegisteredException();
    }
  }

  /**
   * Puts another open file description under the number, and registers it in place of the old one.
   *
   * @throws NotRegisteredException if the number is not registered, as far as is known; nothing is
   *     done
   */
  public void replace(FileDescriptor winner, FileDescriptor own) throws IOException {
    if (!isKnown() || !isOfThisThread()) {
      throw new NotRegisteredException();
    }
    try {
      HeEpoll.control(epoll, HeEpoll.DELETE, number, 0);
    } catch (IOException closing) {
      throw new NotRegisteredException();
    }
    gone = true;
    try {
      HeJdk.dup2(winner, own);
    } finally {
      registerIfPossible();
    }
  }

  /**
   * Registers the description again. The steps before this one cannot be undone, so a failure is
   * not thrown; {@link #isGone} tells of it.
   */
  private void registerIfPossible() {
    try {
      register();
    } catch (IOException | RuntimeException | Error e) {
      // No memory, or all of the user's watches are in use: another thread may have taken this one.
      Faults.ignored(e);
    }
  }

  /** Registers whichever description is under the number now, if need be by Netty's own call. */
  private void register() throws IOException {
    try {
      HeEpoll.control(epoll, HeEpoll.ADD, number, events);
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      methods.add(epoll, number, events);
    }
    gone = false;
    quiet = false;
  }

  /** Whether the descriptor must be registered again, which {@link #pollAgain} does. */
  public boolean isGone() {
    return gone;
  }

  /**
   * Thrown if Netty has taken the descriptor out of its event loop, as it does before it closes it
   * with SO_LINGER on another thread.
   */
  public static final class TakenOutException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Thrown if the descriptor is not registered, or the events are not known. */
  public static final class NotRegisteredException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
