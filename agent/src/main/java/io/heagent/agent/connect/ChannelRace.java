package io.heagent.agent.connect;

import io.heagent.agent.connect.ChannelCourse.State;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/**
 * The race of one non-blocking or asynchronous channel, as the program's threads and the {@link
 * Loop} reach it. The requested address is dialled on the channel's own descriptor and stays armed
 * in the program's selector or group, so that a healthy one costs nothing; siblings run on the
 * loop. Events of the own descriptor are taken back from the program only once it has failed: from
 * then on the channel is held.
 *
 * <p>Lock: this object's monitor guards the race's {@link ChannelCourse} and all that belongs to
 * it. Threads of the program enter by {@link #start}, {@link #isSwallowed}, {@link #poll} and
 * {@link #cancel}, the loop by {@link #step} and {@link #ready}. What is taken inside it is said at
 * {@link Handover}.
 */
final class ChannelRace implements Loop.Ready {

  /** How often a blocking finishConnect looks. */
  private static final long LOOK_NANOS = 5_000_000L;

  /** {@link #step}, {@link #due} and {@link #warmUp}, as tasks. */
  final Runnable step = new Task(this, Task.STEP);

  final Runnable due = new Task(this, Task.DUE);

  final Runnable warmUp = new Task(this, Task.WARM_UP);

  private final ConnectCall call;
  private final OwnDescriptor own;
  private final ChannelRaces races;
  private final ChannelCourse course;

  /** Whether the loop will not go on with it. Written by any thread, read without the lock too. */
  private volatile boolean stranded;

  ChannelRace(
      ConnectCall call,
      ProtocolFamily family,
      FileDescriptor fd,
      ChannelRaces races,
      boolean redial,
      PeerAddresses peers,
      BiConsumer<ConnectCall, ConnectOutcome> whenOver) {
    this.call = call;
    this.own = new OwnDescriptor(call, family, fd);
    this.races = races;
    this.course = new ChannelCourse(this, call, own, races, redial, peers, whenOver);
  }

  /**
   * Dials; never blocks, never looks anything up.
   *
   * @return what the woven Net.connect returns
   * @throws IOException where nothing could be begun and nothing is pending
   */
  synchronized int start(InetAddress first) throws IOException {
    try {
      course.dial(first);
      if (course.state() == State.FAILED) {
        throw course.failure();
      }
      return HeHook.PENDING;
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      course.abandon();
      if (course.state() == State.FAILED) {
        forget();
        throw course.failure();
      }
      return own.attempt() == null ? HeHook.PROCEED : HeHook.PENDING;
    }
  }

  /** The program is told its outcome; that this fails changes nothing about it. */
  private void forget() {
    try {
      races.remove(own.fd);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /**
   * Something may be due; called from any thread, also one that holds the monitor of another race.
   * Throws nothing.
   */
  void due() {
    try {
      proceed();
    } catch (RuntimeException | Error noLoop) {
      Faults.unexpected(noLoop);
      // Where the own attempt is pending it goes on alone. Else the program's next event ends the
      // race: this monitor must not be taken inside another.
      if (own.isHeld()) {
        expose();
      }
    }
  }

  private void expose() {
    stranded = true;
    try {
      course.expose();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /** Has the loop go on with it; throws where there is no loop to be had. */
  void proceed() {
    Loop.execute(step);
  }

  /** On the loop: something may be due. */
  synchronized void step() {
    try {
      course.advance();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      course.abandon();
    }
  }

  /** On the loop: the own attempt takes its time, which is that of a JVM's first race to load. */
  private synchronized void warmUp() {
    if (course.state() == State.RACING) {
      WarmUp.begin();
    }
  }

  /** On the loop: a side attempt may be through. */
  @Override
  public synchronized void ready(SideAttempt attempt) {
    try {
      course.check(attempt);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      course.abandon();
    }
    step();
  }

  /** The program closes the channel. */
  synchronized void cancel() {
    course.cancel();
  }

  /** Whether a selector is to register nothing for this key of the channel now. */
  boolean holds(SelectionKey key) {
    return own.isHeld() && !stranded && races.holds(own, key);
  }

  /**
   * The own descriptor has an event, on a thread of the program.
   *
   * @param connected whether the event itself says that it is connected
   * @return whether it is not the program's business
   */
  synchronized boolean isSwallowed(boolean connected) {
    if (course.state() != State.RACING) {
      return false;
    }
    try {
      return isSwallowedIn(connected);
    } catch (RuntimeException | Error unexpected) {
      // The event is the program's, and what it finds behind it is either pending, or has failed.
      Faults.unexpected(unexpected);
      course.abandon();
      return false;
    }
  }

  private boolean isSwallowedIn(boolean connected) {
    if (stranded) {
      course.abandon();
      return false;
    }
    if (connected && !own.isHeld() && own.attempt() != null) {
      course.wonByOwn();
      return false;
    }
    if (!own.isHeld() && course.checkOwn()) {
      return false;
    }
    if (own.isHeld()) {
      proceed();
    } else if (call.socket.kind() == SocketKind.ASYNC) {
      // Polled once only: a spurious event must not be the last one.
      call.socket.pollAsync();
    }
    return true;
  }

  /**
   * The program asks whether the connect is through. Where the channel has been made blocking
   * since, it waits for the answer; such a channel is in no selector, so this thread looks for
   * events too.
   */
  int pollOrWait() throws IOException {
    boolean blocking = call.socket.kind() == SocketKind.CHANNEL && !call.socket.isNonBlocking();
    int answer = poll(blocking);
    while (answer == HeHook.PENDING && blocking && call.socket.isConnecting()) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      answer = poll(true);
    }
    return answer;
  }

  /**
   * The program asks whether the connect is through.
   *
   * @return what the woven pollConnectNow makes of it
   * @throws IOException the failure of the race
   */
  private synchronized int poll(boolean blockingChannel) throws IOException {
    try {
      if (stranded) {
        course.abandon();
      } else if (course.state() == State.RACING
          && !own.isHeld()
          && !course.checkOwn()
          && own.isHeld()) {
        proceed();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      course.abandon();
    }
    if (course.state() == State.RACING) {
      return HeHook.PENDING;
    }
    forget();
    if (course.state() == State.FAILED) {
      throw course.failure();
    } else if (course.isAdopted() && blockingChannel && call.socket.hasBlockingDescriptor()) {
      // What the JDK has configured meanwhile was the mode of the description that was replaced.
      HeJdk.configureBlocking(own.fd, true);
    }
    return HeHook.PROCEED;
  }

  /** One class for all, where each lambda would be one that the first races wait for. */
  private record Task(ChannelRace race, int what) implements Runnable {
    static final int STEP = 0;
    static final int DUE = 1;
    static final int WARM_UP = 2;

    @Override
    public void run() {
      switch (what) {
        case STEP -> race.step();
        case DUE -> race.due();
        default -> race.warmUp();
      }
    }
  }
}
