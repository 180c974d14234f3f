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
 * The race of one non-blocking or asynchronous channel, as the program's threads call it. The race
 * dials the first address on the channel's own descriptor and leaves it registered in the program's
 * selector or group, so that an address that answers costs nothing more. The loop dials siblings.
 * The race hides events of the descriptor from the program only once the attempt on it has failed:
 * from then on the channel is held.
 *
 * <p>Lock: this object's monitor guards the race's {@link ChannelCourse} and all that belongs to
 * it. Threads of the program enter by {@link #start}, {@link #isSwallowed}, {@link #poll} and
 * {@link #cancel}, the loop by its {@link LoopDriver}. {@link OutcomeDelivery} says which locks are
 * taken inside this monitor.
 */
public final class ChannelRace implements ChannelRaceRegistry.Race {

  /** How often a thread in a blocking finishConnect looks for the outcome. */
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
   * Dials the first address. It neither blocks nor looks anything up.
   *
   * @return what the woven Net.connect returns
   * @throws IOException if nothing could be started, so that nothing is pending
   */
  public synchronized int start(InetAddress first) throws IOException {
    try {
      // The race is registered before it dials: a refusal may come during the dial, and another
      // thread may have registered the channel with a selector already.
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

  /** Takes the race out of the registry. The program gets its outcome even if this fails. */
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
      // The agent has failed, so the program gets its event: its own attempt is pending, or it
      // finds the failure.
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
      // An asynchronous channel polls its descriptor once per registration. After a spurious event
      // it must poll again, or no event would follow.
      call.request.socket().pollAsync();
    }
    return true;
  }

  /**
   * Gives the outcome, or waits for it if the program has made the channel blocking since the
   * connect began. A blocking channel is in no selector, so this thread looks for events as well.
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
      // The JDK has set the blocking mode on the open file description that the winner's has
      // replaced, so the mode is set again.
      environment.races().system().configureBlocking(primary.fd, true);
    }
    return HeHook.PROCEED;
  }
}
