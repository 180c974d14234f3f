package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;

/**
 * Where Netty has registered one channel's descriptor: in which epoll descriptor, for which events,
 * and on which thread. The event loop that registers it writes this. Methods that change the
 * registration are called under the monitor of the channel's {@link NettySocket}.
 */
final class Registration {

  private static final int EPOLLET = 1 << 31;

  private final int number;

  /** The epoll descriptor; -1 if it is not known. */
  private volatile int epoll = -1;

  private volatile int events;

  /** The event loop's thread; until it is known, the thread that connects. */
  private volatile Thread thread = Thread.currentThread();

  /**
   * Whether the descriptor is registered as edge-triggered for now. Only the event loop uses it.
   */
  private boolean quiet;

  Registration(int number) {
    this.number = number;
  }

  /**
   * Called when Netty registers the descriptor, or changes the events for which it is registered.
   */
  void told(int epollDescriptor, int wanted) {
    thread = Thread.currentThread();
    epoll = epollDescriptor;
    events = wanted;
    quiet = false;
  }

  boolean isKnown() {
    return epoll >= 0;
  }

  boolean isOfThisThread() {
    return Thread.currentThread() == thread;
  }

  /**
   * Makes the registration edge-triggered. The attempt on the descriptor has failed while others go
   * on, and a level-triggered epoll descriptor would report that event again and again. Called on
   * the event loop.
   */
  void hush() {
    if (quiet || epoll < 0 || (events & EPOLLET) != 0) {
      return;
    }
    try {
      quiet = true;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events | EPOLLET);
    } catch (IOException | RuntimeException | Error e) {
      // The event loop is woken more often than it need be.
      Faults.ignored(e);
    }
  }

  /** Has the kernel check the descriptor again; its event makes Netty ask for the outcome. */
  void pollAgain() {
    if (epoll < 0) {
      return;
    }
    try {
      quiet = false;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events);
    } catch (IOException e) {
      // The descriptor was taken out of its event loop. A later registration with another one
      // checks it.
      Faults.ignored(e);
    }
  }

  /**
   * Puts another open file description under the number, and registers it in place of the old one.
   *
   * @throws NotRegisteredException if the number is not registered; nothing is done
   */
  void replace(FileDescriptor winner, FileDescriptor own) throws IOException {
    if (epoll < 0 || !isOfThisThread()) {
      throw new NotRegisteredException();
    }
    try {
      HeEpoll.control(epoll, HeEpoll.DELETE, number, 0);
    } catch (IOException gone) {
      throw new NotRegisteredException();
    }
    try {
      HeJdk.dup2(winner, own);
    } finally {
      // Registers whichever description is under the number now.
      HeEpoll.control(epoll, HeEpoll.ADD, number, events);
      quiet = false;
    }
  }

  /**
   * Thrown if Netty has taken the descriptor out of its event loop, as it does before it closes it
   * with SO_LINGER on another thread.
   */
  static final class NotRegisteredException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
