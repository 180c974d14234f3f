package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.PrimaryAttempt;
import io.heagent.agent.connect.attempt.Redial;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.socket.SystemCalls;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The descriptor of a channel that races: the attempt on it, and whether its events are the
 * program's to see. Guarded by the monitor of its {@link ChannelRace}, but for {@link #isHeld}.
 */
public final class PrimaryDescriptor {

  private static final long FIRST_LOOK_NANOS = 500_000L;
  private static final long LAST_LOOK_NANOS = 16_000_000L;

  public final FileDescriptor fd;

  private final ConnectCall call;
  private final ProtocolFamily family;
  private final SystemCalls system;

  /** Null where it is not dialled at first. */
  private PrimaryAttempt attempt;

  /** What the attempt has failed with, or null. */
  private IOException failure;

  /** Whether it was dialled a second time, to the address of a winner. */
  private boolean isDialledAgain;

  /** In what time that is looked at next. */
  private long lookNanos = FIRST_LOOK_NANOS;

  /**
   * Whether it has nothing to tell the program, whatever its events are. Read without the lock by
   * selectors, which hold theirs.
   */
  private volatile boolean held;

  /**
   * Keys whose selectors were told that it is held, and so have nothing registered for them; null
   * for none. Guarded by the monitor of {@link ChannelRaceRegistry}.
   */
  private List<SelectionKey> told;

  public PrimaryDescriptor(
      ConnectCall call, ProtocolFamily family, FileDescriptor fd, SystemCalls system) {
    this.call = call;
    this.family = family;
    this.fd = fd;
    this.system = system;
  }

  /**
   * Dials; the descriptor is held where that fails at once.
   *
   * @return whether it is connected already
   */
  public boolean dial(InetAddress first) {
    PrimaryAttempt dialled = attemptAt(first);
    try {
      dialled.start();
    } catch (IOException e) {
      fail(e);
    }
    // Not before: what has thrown anything else has not been dialled.
    attempt = dialled;
    try {
      return failure == null && first.isLoopbackAddress() && attempt.isConnected();
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /**
   * Dials the address of a winner that is closed for it, unless the address dialled before has
   * answered at the last moment. The descriptor is held until the race has an outcome: an event may
   * be under way that speaks of the first dial, and a selector that was woken up before its time
   * would return with nothing.
   *
   * @param peer the address as the program is to be told it
   * @return STUCK where this was not possible, and what was dialled before is still waited for
   */
  public Redial.Result dialAgain(FallbackAttempt winner, InetAddress peer) {
    hold();
    Redial.Result result = redial(winner, peer);
    isDialledAgain = true;
    return result;
  }

  private Redial.Result redial(FallbackAttempt winner, InetAddress peer) {
    if (attempt != null && attempt.isConnectedByNow()) {
      winner.close();
      attempt = attemptAt(attempt.address);
      return Redial.Result.DIALLED;
    }
    PrimaryAttempt next = attemptAt(winner.address);
    try {
      Redial.Result result = Redial.dial(system, call, winner, attempt, next, peer);
      if (result == Redial.Result.DIALLED) {
        attempt = next;
        failure = null;
      } else if (result == Redial.Result.STUCK) {
        // The race has closed the one that it had; the system goes on with it.
        attempt = attemptAt(attempt.address);
      }
      return result;
    } catch (IOException e) {
      attempt = next;
      fail(e);
      return Redial.Result.DIALLED;
    }
  }

  private PrimaryAttempt attemptAt(InetAddress address) {
    return new PrimaryAttempt(call.request.socket(), family, fd, address, call.request.port());
  }

  public boolean isDialledAgain() {
    return isDialledAgain;
  }

  /** In what time a second attempt is to be looked at next, in nanoseconds: ever later. */
  public long nextLookNanos() {
    long nanos = lookNanos;
    lookNanos = Math.min(2 * nanos, LAST_LOOK_NANOS);
    return nanos;
  }

  /**
   * Whether the attempt is connected by now. Where it turns out to have failed, the descriptor is
   * held from now on.
   */
  public boolean isConnected() {
    try {
      return attempt.isPollable() && attempt.isConnected();
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /** There will be no connection on it, for this reason. */
  void fail(IOException reason) {
    failure = reason;
    held = true;
  }

  /** Whether the system still waits for an answer on it, as far as is known. */
  public boolean isPending() {
    return attempt != null && !attempt.hasEnded();
  }

  public void hold() {
    held = true;
  }

  public void release() {
    held = false;
  }

  /** A selector is told that it is held. Under the monitor of the registry, as the next one. */
  public void tell(SelectionKey key) {
    if (told == null) {
      told = new ArrayList<>(1);
    }
    if (!told.contains(key)) {
      told.add(key);
    }
  }

  /** The keys whose selectors were told. */
  public List<SelectionKey> told() {
    return told == null ? List.of() : told;
  }

  public boolean isHeld() {
    return held;
  }

  /** Whether it has been dialled and has not failed. */
  public boolean isDialled() {
    return attempt != null && failure == null;
  }

  /** The attempt on it, or null. */
  public PrimaryAttempt attempt() {
    return attempt;
  }

  /** What the attempt has failed with, or null. */
  public IOException failure() {
    return failure;
  }
}
