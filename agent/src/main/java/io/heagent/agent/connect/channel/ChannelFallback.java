package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.DescriptorHeadroom;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceAttempts;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.RaceCore;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The part of a channel's race that runs on the loop once the primary attempt is late or has
 * failed. It drives the engine's {@link RaceCore} over the primary attempt and the fallback
 * attempts. Everything here is guarded by the monitor of the race's {@link ChannelRace}.
 */
final class ChannelFallback implements RaceAttempts.Race {

  /** Receives the decisions of the race, under its monitor. */
  interface Listener {
    void won(DescriptorAttempt winner);

    /** Every attempt has failed, or the connect has run out of time. */
    void failed();

    /**
     * More attempts were in flight than the limit allows; this one was the oldest and is closed.
     */
    void dropped(DescriptorAttempt attempt);
  }

  final RaceAttempts attempts;

  private final ConnectCall call;
  private final RaceLoop loop;
  private final RaceEnvironment environment;
  private final RaceCore core;
  private final CandidateSource source;
  private final RaceEntries entries;
  private final Listener listener;

  /**
   * The socket made ahead for the next fallback attempt; null for none. This object owns it until
   * the attempt takes it.
   */
  private FallbackSocket ahead;

  private boolean wanted = true;
  private boolean over;

  /** Begins with the primary attempt, which was dialled at {@code startedAt}, if there is one. */
  ChannelFallback(
      ConnectCall call,
      long startedAt,
      PrimaryDescriptor primary,
      ChannelEnvironment shared,
      RaceEntries entries,
      Listener listener) {
    this.call = call;
    this.loop = shared.loop();
    this.environment = shared.races();
    this.entries = entries;
    this.listener = listener;
    attempts = new RaceAttempts(environment, call, startedAt, entries.due());
    core = attempts.core;
    core.poll();
    InetAddress first = call.isUnknown() ? null : call.remote().getAddress();
    if (primary.attempt() != null) {
      wanted = false;
      core.offer(startedAt, call.delayAfter(first));
      attempts.add(primary.attempt());
      if (primary.failure() != null) {
        attempts.failed(0, primary.failure(), false);
      }
    }
    // This comes last: it may begin a look-up, and only a race that is fully constructed can end
    // that look-up.
    source = new CandidateSource(environment.candidates(), call, first, entries.due());
  }

  /** Does everything that is due, and tells the listener if the race ends with that. */
  void proceed() {
    core.tick(loop.now());
    boolean more = true;
    while (more && !over) {
      for (Action action; !over && (action = core.poll()) != null; ) {
        act(action);
      }
      more = wanted && !over && offer();
    }
  }

  private void act(Action action) {
    // Not a switch: javac makes a class for each switch over an enum, and a JVM's first race would
    // wait until it is loaded.
    Action.Kind kind = action.kind();
    if (kind == Action.Kind.WANT_CANDIDATE) {
      wanted = true;
    } else if (kind == Action.Kind.CANCEL) {
      DescriptorAttempt attempt = attempts.get(action.attempt());
      attempt.close();
      listener.dropped(attempt);
    } else if (kind == Action.Kind.WON) {
      over = true;
      listener.won(attempts.get(action.attempt()));
    } else {
      // The core reports FAILED, TIMED_OUT or CANCELLED.
      over = true;
      listener.failed();
    }
  }

  /**
   * Gives the core its next candidate if it is known by now.
   *
   * @return whether the core got one
   */
  private boolean offer() {
    if (!source.isKnown(core.idleSince(), loop.now())) {
      return false;
    }
    wanted = !attempts.offer(source, this);
    return !wanted;
  }

  @Override
  public FallbackAttempt make(InetAddress address, AttemptLimiter.Permit permit) {
    FallbackSocket socket = ahead;
    ahead = null;
    return new FallbackAttempt(environment, call, address, source.isIpv4Only(), permit, socket);
  }

  /**
   * Opens the socket of the next attempt ahead of time, because a crowd of attempts will be due at
   * once. It does not if that could leave the program without descriptors.
   */
  void prepare() {
    if (ahead == null && source.hasNext()) {
      try {
        ahead =
            environment
                .system()
                .open(call.request, call.remote().getAddress(), source.isIpv4Only(), false);
        if (!DescriptorHeadroom.isAmple(ahead.number())) {
          ahead.close();
          ahead = null;
        }
      } catch (IOException | RuntimeException | Error e) {
        // The attempt opens its own socket later, and reports the failure if it lasts.
        Faults.ignored(e);
      }
    }
  }

  /** Ends the look-up and closes all attempts. */
  void close() {
    source.close();
    attempts.closeAllBut(null);
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
  }

  @Override
  public void start(FallbackAttempt attempt) throws IOException {
    attempt.start();
    // A connect to an address of this host mostly has its outcome by now.
    if (attempt.address.isLoopbackAddress() && attempt.isConnected()) {
      connected(attempt);
    } else {
      loop.watch(attempt, entries.ready(attempt));
    }
  }

  /** Asks a fallback attempt for its outcome, and tells the core if there is one. */
  void check(FallbackAttempt attempt) {
    int index = attempts.indexOf(attempt);
    try {
      if (attempt.isConnected()) {
        connected(attempt);
      } else {
        loop.watch(attempt, entries.ready(attempt));
      }
    } catch (IOException | RuntimeException e) {
      attempts.failed(index, e, false);
    }
  }

  private void connected(FallbackAttempt attempt) {
    if (!call.request.socket().isDecidedOnItsThread(entries.connected(attempt))) {
      succeeded(attempt);
    }
  }

  /** Tells the core that a fallback attempt is connected. */
  void succeeded(FallbackAttempt attempt) {
    core.succeeded(attempts.indexOf(attempt), loop.now());
  }

  /** Whether the core has an outcome, so that {@link #proceed} will start nothing more. */
  boolean isDecided() {
    return core.isFinished();
  }

  /**
   * Tells the core that the primary attempt, which is its attempt 0, has ended; {@code failure} is
   * null if it is connected.
   */
  void primaryEnded(IOException failure) {
    if (failure == null) {
      core.succeeded(0, loop.now());
    } else {
      attempts.failed(0, failure, false);
    }
  }

  /** When {@link #proceed} is due next without an event; {@link RaceCore#NEVER} for never. */
  long wakeAt() {
    if (over) {
      return RaceCore.NEVER;
    }
    long givenUpAt = wanted ? source.givenUpAt(core.idleSince()) : RaceCore.NEVER;
    return Math.min(core.wakeAt(), givenUpAt);
  }
}
