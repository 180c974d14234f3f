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
 * The program's descriptor of a channel that races: the attempt on it, and whether its events are
 * hidden from the program. Guarded by the monitor of its {@link ChannelRace}, except {@link
 * #isHeld}.
 */
public final class PrimaryDescriptor {

  private static final long FIRST_LOOK_NANOS = 500_000L;
  private static final long LAST_LOOK_NANOS = 16_000_000L;

  public final FileDescriptor fd;

  private final ConnectCall call;
  private final ProtocolFamily family;
  private final SystemCalls system;

  /** Null until the descriptor has been dialled. */
  private PrimaryAttempt attempt;

  /** The failure of the attempt; null for none. */
  private IOException failure;

  /** Whether the descriptor was dialled a second time, at the address of a winner. */
  private boolean isDialledAgain;

  /** The time until the next look at the second attempt. */
  private long lookNanos = FIRST_LOOK_NANOS;

  /**
   * Whether the descriptor's events are hidden from the program. Selectors read it without the
   * race's monitor, while they hold their own locks.
   */
  private volatile boolean held;

  /**
   * The keys whose selectors were told that the descriptor is held, so that they have registered
   * nothing for them; null for none. Guarded by the monitor of {@link ChannelRaceRegistry}.
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
   * Dials an address. If that fails at once, the descriptor is held.
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
    // Set only now: if start has thrown anything but an IOException, nothing was dialled.
    attempt = dialled;
    try {
      return failure == null && first.isLoopbackAddress() && attempt.isConnected();
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /**
   * Dials the address of a winner, which is closed for that, unless the address dialled before has
   * answered at the last moment. The descriptor is held until the race has an outcome: an event of
   * the first dial may be on its way, and a selector that was woken for it would return with
   * nothing selected.
   *
   * @param peer the address in the form that the program gets
   * @return STUCK if this was not possible and the connect dialled before is still pending
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
        // The race has closed the attempt, but the system still connects, so a new attempt object
        // follows it.
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
    return new PrimaryAttempt(call.request, family, fd, address);
  }

  public boolean isDialledAgain() {
    return isDialledAgain;
  }

  /**
   * The time in nanoseconds until the next look at the second attempt; it doubles at each call, up
   * to a limit.
   */
  public long nextLookNanos() {
    long nanos = lookNanos;
    lookNanos = Math.min(2 * nanos, LAST_LOOK_NANOS);
    return nanos;
  }

  /**
   * Whether the attempt is connected by now. If it has failed, the descriptor is held from now on.
   */
  public boolean isConnected() {
    try {
      return attempt.isPollable() && attempt.isConnected();
    } catch (IOException e) {
      fail(e);
      return false;
    }
  }

  /** Records why the attempt has failed, and holds the descriptor. */
  void fail(IOException reason) {
    failure = reason;
    held = true;
  }

  /** Whether the system still waits for an answer, as far as the race knows. */
  public boolean isPending() {
    return attempt != null && !attempt.hasEnded();
  }

  public void hold() {
    held = true;
  }

  public void release() {
    held = false;
  }

  /**
   * Notes the key of a selector that was told of the hold. Guarded by the registry's monitor, as
   * {@link #told} is.
   */
  public void tell(SelectionKey key) {
    if (told == null) {
      told = new ArrayList<>(1);
    }
    if (!told.contains(key)) {
      told.add(key);
    }
  }

  /** The keys whose selectors were told of the hold. */
  public List<SelectionKey> told() {
    return told == null ? List.of() : told;
  }

  public boolean isHeld() {
    return held;
  }

  /** Whether the descriptor has been dialled and the attempt has not failed. */
  public boolean isDialled() {
    return attempt != null && failure == null;
  }

  /** The attempt on the descriptor, or null. */
  public PrimaryAttempt attempt() {
    return attempt;
  }

  /** The failure of the attempt, or null. */
  public IOException failure() {
    return failure;
  }
}
