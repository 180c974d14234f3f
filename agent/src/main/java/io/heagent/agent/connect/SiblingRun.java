package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.RaceCore;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The part of a channel's race that runs on the {@link Loop}: drives the engine's core over the own
 * attempt and side attempts. All of it under the monitor of its {@link ChannelRace}.
 */
final class SiblingRun implements Attempts.Race {

  /** What the race is told, under its monitor. */
  interface Listener {

    /** This attempt, of any kind, is the winner. */
    void won(Attempt winner);

    /** Every attempt has failed. */
    void failed();

    /** This attempt was the oldest of too many. */
    void dropped(Attempt attempt);
  }

  final Attempts attempts;

  private final ConnectCall call;
  private final RaceCore core;
  private final CandidateSource source;
  private final ChannelRace race;
  private final Listener listener;

  /** Made for the next side attempt and owned by this until that takes it; null for none. */
  private SideSocket ahead;

  private boolean wanted = true;
  private boolean over;

  /**
   * With the own attempt, dialled at {@code startedAt} already, if there is one.
   *
   * @param race to be told, from outside its monitor, when something may be due or ready
   */
  SiblingRun(
      ConnectCall call, long startedAt, OwnDescriptor own, ChannelRace race, Listener listener) {
    this.call = call;
    this.race = race;
    this.listener = listener;
    attempts = new Attempts(AgentRuntime.INSTANCE, call, startedAt, race.due);
    core = attempts.core;
    core.poll();
    InetAddress first = call.unknown ? null : call.remote.getAddress();
    if (own.attempt() != null) {
      wanted = false;
      core.offer(startedAt, call.delayAfter(first));
      attempts.add(own.attempt());
      if (own.failure() != null) {
        attempts.failed(0, own.failure(), false);
      }
    }
    // Last, because a look-up may begin here that only a run which has been made can end.
    source = new CandidateSource(call, first, race.due);
  }

  /** Does all that is due; the listener may be told of the end. */
  void proceed() {
    core.tick(System.nanoTime());
    boolean more = true;
    while (more && !over) {
      for (Action action; !over && (action = core.poll()) != null; ) {
        act(action);
      }
      more = wanted && !over && offer();
    }
  }

  private void act(Action action) {
    switch (action.kind()) {
      case WANT_CANDIDATE -> wanted = true;
      case CANCEL -> {
        Attempt attempt = attempts.get(action.attempt());
        attempt.close();
        listener.dropped(attempt);
      }
      case WON -> {
        over = true;
        listener.won(attempts.get(action.attempt()));
      }
      case FAILED, TIMED_OUT, CANCELLED -> {
        over = true;
        listener.failed();
      }
    }
  }

  /** Answers the core's question if the answer is known; true if something has changed. */
  private boolean offer() {
    boolean dialFirst = attempts.size() == 0 && source.first() != null;
    if (!dialFirst && !source.isKnown(core.idleSince(), System.nanoTime())) {
      return false;
    }
    wanted = !attempts.offer(source, this);
    return !wanted;
  }

  @Override
  public SideAttempt make(InetAddress address, AttemptLimiter.Permit permit) {
    SideSocket socket = ahead;
    ahead = null;
    return new SideAttempt(
        AgentRuntime.INSTANCE, call, address, source.isIpv4Only(), permit, socket);
  }

  /**
   * Makes the channel of the next attempt, if there will be one: where thousands of attempts are
   * due within some milliseconds, what was made ahead is not in their way then. Not where that
   * could leave the program without descriptors.
   */
  void prepare() {
    if (ahead == null && source.hasNext()) {
      try {
        ahead = AgentRuntime.INSTANCE.system().open(call, source.isIpv4Only(), false);
        if (!DescriptorRoom.isAmple(ahead.number())) {
          ahead.close();
          ahead = null;
        }
      } catch (IOException | RuntimeException | Error e) {
        // The attempt itself will say so, if that is still the case then.
        Faults.ignored(e);
      }
    }
  }

  /** Gives up everything. */
  void close() {
    source.close();
    attempts.closeAllBut(null);
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
  }

  @Override
  public void start(SideAttempt attempt) throws IOException {
    attempt.start();
    // On this host the answer is there by now.
    if (attempt.address.isLoopbackAddress() && attempt.isConnected()) {
      core.succeeded(attempts.indexOf(attempt), System.nanoTime());
    } else {
      Loop.watch(attempt, race);
    }
  }

  /** Asks a side attempt that may be through, and tells the core. */
  void check(SideAttempt attempt) {
    int index = attempts.indexOf(attempt);
    try {
      if (attempt.isConnected()) {
        core.succeeded(index, System.nanoTime());
      } else {
        Loop.watch(attempt, race);
      }
    } catch (IOException | RuntimeException e) {
      attempts.failed(index, e, false);
    }
  }

  /** The own attempt, the first of all, has come to its end; {@code failure} is null if it won. */
  void ownEnded(IOException failure) {
    if (failure == null) {
      core.succeeded(0, System.nanoTime());
    } else {
      attempts.failed(0, failure, false);
    }
  }

  /** When {@link #proceed} is due by itself; {@link RaceCore#NEVER} if it is not. */
  long wakeAt() {
    if (over) {
      return RaceCore.NEVER;
    }
    long givenUpAt = wanted ? source.givenUpAt(core.idleSince()) : RaceCore.NEVER;
    return Math.min(core.wakeAt(), givenUpAt);
  }
}
