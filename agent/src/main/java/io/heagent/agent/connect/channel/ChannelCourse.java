package io.heagent.agent.connect.channel;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.attempt.DescriptorAttempt;
import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnding.Phase;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.attempt.Redial;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RaceObservation;
import io.heagent.agent.connect.socket.Adoption;
import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.net.InetAddress;

/**
 * The course of a channel's race: decides the next step, from the dial on the channel's own
 * descriptor to the winner. Everything here is guarded by the monitor of its {@link ChannelRace}.
 */
public final class ChannelCourse implements ChannelFallback.Listener {

  private final RaceEntries entries;
  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final RaceLoop loop;
  private final OutcomeDelivery delivery;
  private final ChannelRaceState state;
  private final long startedAt;

  /** Null until the race needs more than the primary attempt. */
  private ChannelFallback fallback;

  public ChannelCourse(
      RaceEntries entries,
      ConnectCall call,
      PrimaryDescriptor primary,
      ChannelEnvironment environment,
      OutcomeDelivery delivery) {
    this.entries = entries;
    this.call = call;
    this.primary = primary;
    this.environment = environment;
    this.loop = environment.loop();
    this.delivery = delivery;
    RaceObservation.starting(call);
    this.startedAt = loop.now();
    this.state = new ChannelRaceState(call, primary, environment, delivery, startedAt);
  }

  ChannelRaceState state() {
    return state;
  }

  public void dial(InetAddress first) {
    if (call.isUnknown()) {
      primary.hold();
    } else {
      RaceObservation.dialling(call, first);
      if (primary.dial(first)) {
        state.connectedAtOnce(first);
        return;
      }
    }
    if (primary.isHeld()) {
      environment.races().preloadAfterFailure();
      loop.execute(entries.step());
    } else if (mayFallBack()) {
      long delay = call.delayAfter(first);
      boolean early = !call.areAllKnown() || loop.isCrowded();
      if (environment.races().isCold()) {
        loop.schedule(startedAt + delay / 2, entries.preload());
      }
      state.schedule(startedAt + (early ? delay / 2 : delay), entries.step());
    }
  }

  /** Whether the race may dial other addresses before the first one has failed. */
  private boolean mayFallBack() {
    return call.request.rule().delayNanos() != RaceRule.DELAY_OFF
        && (!call.isRequestedOnly() || call.isReordered())
        && (!environment.redial() || environment.races().system().canDisconnect());
  }

  /** Does everything that is due now. */
  void advance() {
    if (!state.isRacing()) {
      return;
    } else if (!call.request.socket().isConnecting()) {
      state.cancel();
      return;
    }
    if (primary.isDialled() && checkPrimary()) {
      return;
    } else if (primary.isDialledAgain()) {
      lookAgainLater();
      return;
    }
    if (fallback == null) {
      fallback = new ChannelFallback(call, startedAt, primary, environment, entries, this);
      state.open(fallback);
      if (primary.isDialled() && loop.isCrowded()) {
        fallback.prepare();
      }
    }
    fallback.proceed();
    if (!primary.isDialledAgain()) {
      state.schedule(fallback.wakeAt(), entries.step());
    }
  }

  private void lookAgainLater() {
    state.schedule(loop.now() + primary.nextLookNanos(), entries.step());
  }

  /**
   * Asks the system for the outcome of the attempt on the channel's own descriptor.
   *
   * @return whether that attempt is connected, which ends the race
   */
  boolean checkPrimary() {
    boolean connected = primary.isConnected();
    if (connected) {
      wonByPrimary();
    } else if (primary.failure() != null && primary.isDialledAgain()) {
      state.end(Phase.FAILED);
    } else if (primary.failure() != null && fallback != null) {
      fallback.primaryEnded(primary.failure());
    }
    return connected;
  }

  /** Ends the race, because the channel's own descriptor is connected. */
  void wonByPrimary() {
    try {
      if (fallback != null && !primary.isDialledAgain()) {
        fallback.primaryEnded(null);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    state.end(Phase.WON_BY_PRIMARY);
  }

  /** Called on the loop when a fallback attempt may have an outcome. */
  void check(FallbackAttempt attempt) {
    if (state.isRacing() && !primary.isDialledAgain()) {
      fallback.check(attempt);
    } else {
      attempt.close();
    }
  }

  /**
   * Called when a fallback attempt is connected. This thread only decides the race; the loop does
   * whatever else is due.
   */
  public void connected(FallbackAttempt attempt) {
    if (!state.isRacing() || primary.isDialledAgain()) {
      attempt.close();
      return;
    }
    fallback.succeeded(attempt);
    if (fallback.isDecided()) {
      fallback.proceed();
    } else {
      loop.execute(entries.step());
    }
  }

  @Override
  public void dropped(DescriptorAttempt attempt) {
    // The race ignores what a dropped primary attempt reports from now on, and so holds its events
    // back from the program.
    if (attempt == primary.attempt()) {
      primary.hold();
    }
    loop.flush();
  }

  @Override
  public void failed() {
    state.end(Phase.FAILED);
  }

  @Override
  public void won(DescriptorAttempt attempt) {
    if (attempt == primary.attempt()) {
      state.end(Phase.WON_BY_PRIMARY);
      return;
    }
    FallbackAttempt side = (FallbackAttempt) attempt;
    fallback.attempts.closeAllBut(side);
    boolean taken;
    try {
      InetAddress peer = environment.peers().mark(side.address, call.request.host());
      if (environment.redial()) {
        dialAgain(side, peer);
        return;
      }
      taken = delivery.take(side, peer);
    } catch (Adoption.NotCarriedException e) {
      Faults.ignored(e);
      dialAgain(side, environment.peers().mark(side.address, call.request.host()));
      return;
    } catch (IOException | RuntimeException | Error unexpected) {
      // The winner could not be handed over, and the channel's own descriptor is as it was before.
      Faults.unexpected(unexpected);
      state.abandon();
      return;
    }
    if (taken) {
      state.wonByFallback(side.address);
    } else {
      state.end(Phase.CANCELLED);
    }
  }

  /** Closes the winner, and dials its address on the channel's own descriptor. */
  private void dialAgain(FallbackAttempt winner, InetAddress peer) {
    Redial.Result result = primary.dialAgain(winner, peer);
    fallback.close();
    loop.flush();
    if (result == Redial.Result.CLOSED) {
      state.end(Phase.CANCELLED);
    } else if (!checkPrimary()) {
      lookAgainLater();
    }
  }
}
