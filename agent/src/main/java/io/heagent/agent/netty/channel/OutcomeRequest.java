package io.heagent.agent.netty.channel;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;

/**
 * Has Netty's event loop ask a channel for the outcome of its connect, which is how a race tells
 * Netty that it is over. The usual way is to have the kernel check the descriptor again, which any
 * thread may do. If that fails, a task on the channel's event loop tries it again, and has Netty
 * register the channel's events once more. Any thread; no mutable state of its own.
 */
public final class OutcomeRequest implements EventLoopTasks.Channel {

  /** What it needs of the channel. Any thread calls these methods. */
  public interface Connecting {

    /** Whether Netty has the outcome, or has closed the channel. */
    boolean isOver();

    /**
     * Calls {@link Registration#pollAgain} under the monitor that guards the registration, unless
     * it is over.
     */
    void pollAgain() throws IOException;

    /** Gives the race up: Netty is to find the outcome of the channel's own descriptor. */
    void giveUp();
  }

  private final Connecting connecting;

  /** Netty's channel. */
  private final Object channel;

  private final NettyMethods methods;
  private final Registration registration;
  private final EventLoopTasks tasks;

  /** Takes Netty's channel, and what else is known of it. */
  public OutcomeRequest(
      Connecting connecting,
      Object channel,
      NettyMethods methods,
      Registration registration,
      EventLoopTasks.Timers timers) {
    this.connecting = connecting;
    this.channel = channel;
    this.methods = methods;
    this.registration = registration;
    this.tasks = new EventLoopTasks(this, timers);
  }

  /** Runs a task on the channel's event loop, later. May be called under the monitor of a race. */
  public void onOwnThread(Runnable task) {
    tasks.run(task);
  }

  /** Has the event loop ask. May be called under the monitor of a race. */
  public void make() {
    if (registration.isOfThisThread()) {
      makeNow();
      return;
    }
    try {
      tasks.run(new Asking(this));
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      makeNow();
    }
  }

  /** Has Netty's event loop ask for the outcome; if that fails, later. Any thread. */
  public void makeNow() {
    try {
      connecting.pollAgain();
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      tasks.runLater(new Asking(this));
    }
  }

  /**
   * Has the event loop ask, a little later. Called while the descriptor is out of its epoll
   * descriptor: until this succeeds, Netty has no event of it.
   */
  public void makeLater() {
    try {
      tasks.runLater(new Asking(this));
    } catch (RuntimeException | Error unexpected) {
      // When the race ends, it has the event loop ask for the outcome, which registers the
      // descriptor again.
      Faults.unexpected(unexpected);
    }
  }

  /**
   * Has Netty register the channel's events, because its registration is not known. Called on the
   * event loop when Netty's connecting method ends.
   */
  public void learnRegistration() {
    try {
      methods.registerAgain(channel);
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
    }
    if (!registration.isKnown()) {
      // No sibling's connection could be handed over, so the race ends here, and the connect on the
      // channel's own descriptor goes on. If that has failed already, no event may tell Netty, so
      // the event loop is made to ask for the outcome.
      try {
        connecting.giveUp();
      } finally {
        tasks.run(new Asking(this));
      }
    }
  }

  /**
   * Has the event loop ask for the outcome. Called without the monitor of a race. If the agent's
   * own call of epoll_ctl(2) fails, this has Netty register the channel's events by its own call,
   * which cannot fail for the same reason. Netty allows that on the channel's event loop only.
   *
   * @throws Registration.TakenOutException if Netty has taken the descriptor out of its event loop
   * @throws IOException if neither was possible
   */
  private void ask() throws IOException {
    try {
      connecting.pollAgain();
    } catch (Registration.TakenOutException taken) {
      if (!connecting.isOver()) {
        throw taken;
      }
    } catch (IOException | RuntimeException | Error e) {
      Faults.ignored(e);
      if (connecting.isOver()) {
        return;
      } else if (!isInItsLoop()) {
        throw e;
      }
      methods.registerAgain(channel);
    }
  }

  /**
   * Whether this thread is the event loop of the channel. {@link #isOnItsThread} also holds on the
   * event loop that watched the channel last, after the program has registered it with another one.
   */
  private boolean isInItsLoop() {
    return registration.isOfThisThread() && methods.isInEventLoop(channel);
  }

  @Override
  public ExecutorService eventLoop() {
    return methods.eventLoop(channel);
  }

  @Override
  public boolean isOnItsThread() {
    return registration.isOfThisThread() && methods.isRegistered(channel);
  }

  @Override
  public boolean isOver() {
    return connecting.isOver();
  }

  @Override
  public void abandoned() throws IOException {
    try {
      connecting.giveUp();
    } catch (RuntimeException | Error unexpected) {
      // The race is not cancelled, but the event loop asks it for its outcome all the same.
      Faults.unexpected(unexpected);
    }
    ask();
  }

  /** A class and not a lambda: a first race would wait for the class that is made at run time. */
  private record Asking(OutcomeRequest request) implements Runnable {
    @Override
    public void run() {
      try {
        request.ask();
      } catch (Registration.TakenOutException closing) {
        // Netty could not register its events either. It closes the channel soon, and then this
        // task is dropped.
        request.tasks.runLater(this);
      } catch (IOException e) {
        if (request.isInItsLoop()) {
          throw new UncheckedIOException(e);
        }
        // The program has taken the channel out of this event loop. The event loop with which it
        // registers the channel next is to ask.
        request.tasks.runLater(this);
      }
    }
  }
}
