package io.heagent.agent.netty;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;

/**
 * Where Netty has registered one channel's descriptor: in which epoll descriptor, for which events,
 * and on which thread. Written by the event loop that registers it. What changes the registration
 * runs under the monitor of the channel's {@link NettySocket}.
 */
final class Registration {

  private static final int EPOLLET = 1 << 31;

  private final int number;

  /** -1 for nowhere, as far as is known. */
  private volatile int epoll = -1;

  private volatile int events;

  /** The event loop's, as far as is known: at first of the thread that connects. */
  private volatile Thread thread = Thread.currentThread();

  /** Whether the kernel has been told to say each thing once only. Of the event loop only. */
  private boolean quiet;

  Registration(int number) {
    this.number = number;
  }

  /** Netty registers the descriptor, or changes for which events. */
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
   * The descriptor has failed while others are tried: an event that nobody heeds would come again
   * and again from an epoll descriptor that is level-triggered. On the event loop.
   */
  void hush() {
    if (quiet || epoll < 0 || (events & EPOLLET) != 0) {
      return;
    }
    try {
      quiet = true;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events | EPOLLET);
    } catch (IOException e) {
      // Its event loop looks at it more often than it need.
      Faults.ignored(e);
    }
  }

  /** Has the kernel look at the descriptor once more: its event has Netty ask. */
  void pollAgain() {
    if (epoll < 0) {
      return;
    }
    try {
      quiet = false;
      HeEpoll.control(epoll, HeEpoll.MODIFY, number, events);
    } catch (IOException e) {
      // Taken out of its event loop: whoever puts it into another has it looked at.
      Faults.ignored(e);
    }
  }

  /**
   * Puts another description under the number, and has it watched in place of the old one.
   *
   * @throws NotRegisteredException where the number is not registered; nothing is done
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
      // Of whichever description it is now.
      HeEpoll.control(epoll, HeEpoll.ADD, number, events);
      quiet = false;
    }
  }

  /**
   * Netty has taken the descriptor out of its event loop, as it does before it closes it with
   * SO_LINGER on another thread.
   */
  static final class NotRegisteredException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
