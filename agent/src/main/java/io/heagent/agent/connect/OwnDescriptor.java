package io.heagent.agent.connect;

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
final class OwnDescriptor {

  final FileDescriptor fd;

  private final ConnectCall call;
  private final ProtocolFamily family;

  /** Null where it is not dialled at first. */
  private OwnAttempt attempt;

  /** What the attempt has failed with, or null. */
  private IOException failure;

  /**
   * Whether it has nothing to tell the program, whatever its events are. Read without the lock by
   * selectors, which hold theirs.
   */
  private volatile boolean held;

  /**
   * Keys whose selectors were told that it is held, and so have nothing registered for them; null
   * for none. Guarded by the monitor of {@link ChannelRaces}.
   */
  private List<SelectionKey> told;

  OwnDescriptor(ConnectCall call, ProtocolFamily family, FileDescriptor fd) {
    this.call = call;
    this.family = family;
    this.fd = fd;
  }

  /**
   * Dials; the descriptor is held where that fails at once.
   *
   * @return whether it is connected already
   */
  boolean dial(InetAddress first) {
    OwnAttempt dialled =
        new OwnAttempt(AgentRuntime.INSTANCE.system(), family, fd, first, call.port);
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
   * answered at the last moment. What the descriptor says of the former attempt is taken back too,
   * so events are to be held until this is done.
   *
   * @param peer the address as the program is to be told it
   * @return STUCK where this was not possible, and what was dialled before is still waited for
   */
  Redial.Result dialAgain(SideAttempt winner, InetAddress peer) {
    if (attempt != null && attempt.isConnectedByNow()) {
      winner.close();
      attempt =
          new OwnAttempt(AgentRuntime.INSTANCE.system(), family, fd, attempt.address, call.port);
      return Redial.Result.DIALLED;
    }
    OwnAttempt next =
        new OwnAttempt(AgentRuntime.INSTANCE.system(), family, fd, winner.address, call.port);
    try {
      Redial.Result result =
          Redial.dial(AgentRuntime.INSTANCE.system(), call, winner, attempt, next, peer);
      if (result == Redial.Result.DIALLED) {
        attempt = next;
        failure = null;
      } else if (result == Redial.Result.STUCK) {
        // The race has closed the one that it had; the system goes on with it.
        attempt =
            new OwnAttempt(AgentRuntime.INSTANCE.system(), family, fd, attempt.address, call.port);
      }
      return result;
    } catch (IOException e) {
      attempt = next;
      fail(e);
      return Redial.Result.DIALLED;
    }
  }

  /**
   * Whether the attempt is connected by now. Where it turns out to have failed, the descriptor is
   * held from now on.
   */
  boolean isConnected() {
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
  boolean isPending() {
    return attempt != null && !attempt.hasEnded();
  }

  void hold() {
    held = true;
  }

  void release() {
    held = false;
  }

  /** A selector is told that it is held. Under the monitor of {@link ChannelRaces}, as below. */
  void tell(SelectionKey key) {
    if (told == null) {
      told = new ArrayList<>(1);
    }
    if (!told.contains(key)) {
      told.add(key);
    }
  }

  /** The keys whose selectors were told. */
  List<SelectionKey> told() {
    return told == null ? List.of() : told;
  }

  boolean isHeld() {
    return held;
  }

  /** Whether it has been dialled and has not failed. */
  boolean isDialled() {
    return attempt != null && failure == null;
  }

  /** The attempt on it, or null. */
  OwnAttempt attempt() {
    return attempt;
  }

  /** What the attempt has failed with, or null. */
  IOException failure() {
    return failure;
  }
}
