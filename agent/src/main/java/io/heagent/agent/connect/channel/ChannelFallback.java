package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.DescriptorHeadroom;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceAttempts;
import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.RaceCore;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The part of a channel's race that runs on the loop, once the primary attempt is late or has
 * failed: drives the engine's core over the primary attempt and side attempts. All of it under the
 * monitor of its {@link ChannelRace}.
 */
final class ChannelFallback implements RaceAttempts.Race {

  /**
   * The ways back into the race, each of which takes its monitor: for timers, look-ups, permits and
   * side attempts.
   */
  interface Entries {

    /** Does what is due; on the loop's thread. */
    Runnable step();

    /** Has the loop do that; from any thread. */
    Runnable due();

    /** Looks whether this side attempt is through; on the loop's thread. */
    Runnable ready(FallbackAttempt attempt);

    /** Loads what a first race needs; on the loop's thread. */
    Runnable warmUp();

    /**
     * Told of a side attempt that is through; on the thread that {@link
     * ProgramSocket#isDecidedOnItsThread} is about.
     */
    void connected(FallbackAttempt attempt);
  }

  /** What the race is told, under its monitor. */
  interface Listener {
    void won(DescriptorAttempt winner);

    /** Every attempt has failed. */
    void failed();

    /** This attempt was the oldest of too many. */
    void dropped(DescriptorAttempt attempt);
  }

  final RaceAttempts attempts;

  private final ConnectCall call;
  private final RaceLoop loop;
  private final RaceEnvironment environment;
  private final RaceCore core;
  private final CandidateSource source;
  private final Entries entries;
  private final Listener listener;

  /** Made for the next side attempt and owned by this until that takes it; null for none. */
  private FallbackSocket ahead;

  private boolean wanted = true;
  private boolean over;

  /** With the primary attempt, dialled at {@code startedAt} already, if there is one. */
  ChannelFallback(
      ConnectCall call,
      long startedAt,
      PrimaryDescriptor primary,
      ChannelEnvironment shared,
      Entries entries,
      Listener listener) {
    this.call = call;
    this.loop = shared.loop();
    this.environment = shared.races();
    this.entries = entries;
    this.listener = listener;
    attempts = new RaceAttempts(environment, call, startedAt, entries.due());
    core = attempts.core;
    core.poll();
    InetAddress first = call.unknown ? null : call.remote().getAddress();
    if (primary.attempt() != null) {
      wanted = false;
      core.offer(startedAt, call.delayAfter(first));
      attempts.add(primary.attempt());
      if (primary.failure() != null) {
        attempts.failed(0, primary.failure(), false);
      }
    }
    // Last, because a look-up may begin here that only a run which has been made can end.
    source = new CandidateSource(environment.candidates(), call, first, entries.due());
  }

  /** Does all that is due; the listener may be told of the end. */
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
    // No switch: javac makes a class for each, and a JVM's first race waits for that.
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
      // Failed, timed out or cancelled.
      over = true;
      listener.failed();
    }
  }

  /** Answers the core's question if the answer is known; true if something has changed. */
  private boolean offer() {
    boolean dialFirst = attempts.size() == 0 && source.first() != null;
    if (!dialFirst && !source.isKnown(core.idleSince(), loop.now())) {
      return false;
    }
    // Of a name that was not resolved the requested address is known by now.
    call.follow(source.order());
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
   * Makes the channel of the next attempt, if there will be one, before a crowd of attempts is due
   * at once. Not where that could leave the program without descriptors.
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
  public void start(FallbackAttempt attempt) throws IOException {
    attempt.start();
    // On this host the answer is there by now.
    if (attempt.address.isLoopbackAddress() && attempt.isConnected()) {
      connected(attempt);
    } else {
      loop.watch(attempt, entries.ready(attempt));
    }
  }

  /** Asks a side attempt that may be through, and tells the core. */
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
    if (!call.request.socket().isDecidedOnItsThread(new Connected(entries, attempt))) {
      succeeded(attempt);
    }
  }

  /** Not a lambda: the first race of a JVM waits for it. */
  private record Connected(Entries told, FallbackAttempt attempt) implements Runnable {
    @Override
    public void run() {
      told.connected(attempt);
    }
  }

  /** Tells the core that a side attempt is connected. */
  void succeeded(FallbackAttempt attempt) {
    core.succeeded(attempts.indexOf(attempt), loop.now());
  }

  /** Whether the core has an outcome, so that {@link #proceed} begins nothing. */
  boolean isDecided() {
    return core.isFinished();
  }

  /**
   * The primary attempt, the first of all, has come to its end; {@code failure} is null if it won.
   */
  void primaryEnded(IOException failure) {
    if (failure == null) {
      core.succeeded(0, loop.now());
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
