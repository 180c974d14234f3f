package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SelectionKey;
import sun.nio.ch.HeHook;

/**
 * The race of one non-blocking or asynchronous channel, as the program's threads reach it. The
 * requested address is dialled on the channel's own descriptor and stays armed in the program's
 * selector or group, so that a healthy one costs nothing; siblings run on the loop. Events of its
 * descriptor are taken back from the program only once that has failed: from then on the channel is
 * held.
 *
 * <p>Lock: this object's monitor guards the race's {@link ChannelCourse} and all that belongs to
 * it. Threads of the program enter by {@link #start}, {@link #isSwallowed}, {@link #poll} and
 * {@link #cancel}, the loop by its {@link LoopDriver}. What is taken inside it is said at {@link
 * OutcomeDelivery}.
 */
public final class ChannelRace implements ChannelRaceRegistry.Race {

  /** How often a blocking finishConnect looks. */
  private static final long LOOK_NANOS = 5_000_000L;

  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final LoopDriver driver;
  private final ChannelCourse course;
  private final ChannelRaceState state;

  public ChannelRace(
      ConnectCall call, ProtocolFamily family, FileDescriptor fd, ChannelEnvironment environment) {
    this.call = call;
    this.environment = environment;
    this.primary = new PrimaryDescriptor(call, family, fd, environment.races().system());
    OutcomeDelivery delivery = new OutcomeDelivery(call, primary, environment);
    this.driver = new LoopDriver(this, call, primary, environment, delivery);
    this.course = driver.course();
    this.state = course.state();
  }

  /**
   * Dials; never blocks, never looks anything up.
   *
   * @return what the woven Net.connect returns
   * @throws IOException where nothing could be begun and nothing is pending
   */
  public synchronized int start(InetAddress first) throws IOException {
    try {
      // Before the dial: a refusal comes within it, and another thread may have registered already.
      environment.registry().add(primary.fd, this);
      course.dial(first);
      if (state.hasFailed()) {
        throw state.failure();
      }
      return HeHook.PENDING;
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      state.abandon();
      if (state.hasFailed()) {
        forget();
        throw state.failure();
      }
      return primary.attempt() == null ? HeHook.PROCEED : HeHook.PENDING;
    }
  }

  /** The program is told its outcome; that this fails changes nothing about it. */
  private void forget() {
    try {
      environment.registry().remove(primary.fd);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  @Override
  public synchronized void cancel() {
    state.cancel();
  }

  @Override
  public boolean holds(SelectionKey key) {
    return primary.isHeld() && !driver.isStranded() && environment.registry().holds(primary, key);
  }

  @Override
  public synchronized boolean isSwallowed(boolean connected) {
    if (!state.isRacing()) {
      return false;
    }
    try {
      return isSwallowedIn(connected);
    } catch (RuntimeException | Error unexpected) {
      // The event is the program's, and what it finds behind it is either pending, or has failed.
      Faults.unexpected(unexpected);
      state.abandon();
      return false;
    }
  }

  private boolean isSwallowedIn(boolean connected) {
    if (driver.isStranded()) {
      state.abandon();
      return false;
    }
    if (connected && !primary.isHeld() && primary.attempt() != null) {
      course.wonByPrimary();
      return false;
    }
    if (!primary.isHeld() && course.checkPrimary()) {
      return false;
    }
    if (primary.isHeld()) {
      driver.proceed();
    } else if (call.request.socket().kind() == SocketKind.ASYNC) {
      // Polled once only: a spurious event must not be the last one.
      call.request.socket().pollAsync();
    }
    return true;
  }

  /**
   * Where the channel has been made blocking since, the program waits for the answer; such a
   * channel is in no selector, so this thread looks for events too.
   */
  @Override
  public int pollOrWait() throws IOException {
    boolean blocking =
        call.request.socket().kind() == SocketKind.CHANNEL
            && !call.request.socket().isNonBlocking();
    int answer = poll(blocking);
    while (answer == HeHook.PENDING && blocking && call.request.socket().isConnecting()) {
      environment.races().system().park(this, LOOK_NANOS);
      answer = poll(true);
    }
    return answer;
  }

  private synchronized int poll(boolean blockingChannel) throws IOException {
    try {
      if (driver.isStranded()) {
        state.abandon();
      } else if (state.isRacing()
          && !primary.isHeld()
          && !course.checkPrimary()
          && primary.isHeld()) {
        driver.proceed();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      state.abandon();
    }
    if (state.isRacing()) {
      return HeHook.PENDING;
    }
    forget();
    if (state.hasFailed() || state.isCancelledWithNothingPending()) {
      throw state.failure();
    } else if (state.isAdopted()
        && blockingChannel
        && call.request.socket().hasBlockingDescriptor()) {
      // What the JDK has configured meanwhile was the mode of the description that was replaced.
      environment.races().system().configureBlocking(primary.fd, true);
    }
    return HeHook.PROCEED;
  }
}
