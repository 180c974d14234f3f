package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.agent.log.Faults;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.core.RaceCore;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.function.BiConsumer;

/**
 * The course of a channel's race, from the dial to its end: the attempt on the channel's own
 * descriptor, the siblings once they are needed, the timer, the outcome. Everything here runs under
 * the monitor of its {@link ChannelRace}.
 */
final class ChannelCourse implements SiblingRun.Listener, Ending.Steps {

  enum State {
    RACING,
    WON_BY_OWN,
    WON_BY_SIDE,
    FAILED,
    /** The program has closed the channel. */
    CANCELLED,
    /** Something of ours broke: the connect goes on without a race. */
    ABANDONED
  }

  private static final long FIRST_LOOK_NANOS = 500_000L;
  private static final long LAST_LOOK_NANOS = 16_000_000L;

  private final ChannelRace race;
  private final ConnectCall call;
  private final OwnDescriptor own;
  private final Handover handover;
  private final ChannelRaces races;
  private final boolean redial;
  private final PeerAddresses peers;
  private final BiConsumer<ConnectCall, ConnectOutcome> whenOver;
  private final long startedAt = System.nanoTime();
  private final Ending ending = new Ending(this);

  private State state = State.RACING;

  /** How the connect has ended, as far as other connects are to know. */
  private ConnectOutcome outcome = ConnectOutcome.UNKNOWN;

  /** Made when more than the own attempt is needed. */
  private SiblingRun siblings;

  private Loop.Timer timer;

  /** Whether the own descriptor has been given a second attempt, to the address of a winner. */
  private boolean isDialledAgain;

  /** In what time that is looked at next. */
  private long lookNanos = FIRST_LOOK_NANOS;

  ChannelCourse(
      ChannelRace race,
      ConnectCall call,
      OwnDescriptor own,
      ChannelRaces races,
      boolean redial,
      PeerAddresses peers,
      BiConsumer<ConnectCall, ConnectOutcome> whenOver) {
    this.race = race;
    this.call = call;
    this.own = own;
    this.handover = new Handover(call, own, races);
    this.races = races;
    this.redial = redial;
    this.peers = peers;
    this.whenOver = whenOver;
  }

  void dial(InetAddress first) {
    // Before the dial: a refusal comes within it, and another thread may have registered already.
    races.add(own.fd, race);
    if (call.unknown) {
      own.hold();
    } else if (own.dial(first)) {
      // Through already. Never told by returning true: some programs wait for the event.
      state = State.WON_BY_OWN;
      outcome = ConnectOutcome.CONNECTED;
      ending.leave();
      races.remove(own.fd);
      connected(first);
      rememberOwn();
      return;
    }
    if (own.isHeld()) {
      race.proceed();
    } else if (call.rule.delayNanos() != RaceRule.DELAY_OFF
        && (!call.isRequestedOnly() || call.reordered)
        && (!redial || AgentRuntime.INSTANCE.system().canDisconnect())) {
      long delay = call.delayAfter(first);
      boolean early = call.known == null || Loop.isCrowded();
      if (WarmUp.isWanted()) {
        Loop.schedule(startedAt + delay / 2, race.warmUp);
      }
      timer = Loop.schedule(startedAt + (early ? delay / 2 : delay), race.step);
    }
  }

  /** Does all that is due. */
  void advance() {
    if (state != State.RACING) {
      return;
    } else if (!call.socket.isConnecting()) {
      cancel();
      return;
    }
    if (own.isDialled() && checkOwn()) {
      return;
    } else if (isDialledAgain) {
      lookAgainLater();
      return;
    }
    if (siblings == null) {
      siblings = new SiblingRun(call, startedAt, own, race, this);
      if (own.isDialled() && Loop.isCrowded()) {
        siblings.prepare();
      }
    }
    siblings.proceed();
    if (!isDialledAgain) {
      schedule();
    }
  }

  private void schedule() {
    stopTimer();
    long at = siblings.wakeAt();
    if (state == State.RACING && at != RaceCore.NEVER) {
      timer = Loop.schedule(at, race.step);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /**
   * Asks the own descriptor.
   *
   * @return whether the race is over, because it is connected
   */
  boolean checkOwn() {
    boolean connected = own.isConnected();
    if (connected) {
      wonByOwn();
    } else if (own.failure() != null && isDialledAgain) {
      end(State.FAILED);
    } else if (own.failure() != null && siblings != null) {
      siblings.ownEnded(own.failure());
    }
    return connected;
  }

  /** The own descriptor is connected. */
  void wonByOwn() {
    try {
      if (siblings != null && !isDialledAgain) {
        siblings.ownEnded(null);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    end(State.WON_BY_OWN);
  }

  /** A side attempt may be through. */
  void check(SideAttempt attempt) {
    if (state == State.RACING && !isDialledAgain) {
      siblings.check(attempt);
    } else {
      attempt.close();
    }
  }

  @Override
  public void dropped(Attempt attempt) {
    // What a dropped own attempt says from now on is not heard.
    if (attempt == own.attempt()) {
      own.hold();
    }
    Loop.flush();
  }

  @Override
  public void failed() {
    end(State.FAILED);
  }

  @Override
  public void won(Attempt attempt) {
    if (attempt == own.attempt()) {
      end(State.WON_BY_OWN);
      return;
    }
    SideAttempt side = (SideAttempt) attempt;
    siblings.attempts.closeAllBut(side);
    State how;
    try {
      InetAddress peer = peers.mark(side.address, call.host);
      if (redial) {
        dialAgain(side, peer);
        return;
      }
      how = handover.take(side, peer) ? State.WON_BY_SIDE : State.CANCELLED;
    } catch (NotCarriedException e) {
      Faults.ignored(e);
      dialAgain(side, peers.mark(side.address, call.host));
      return;
    } catch (IOException | RuntimeException | Error unexpected) {
      // The channel is as it was before.
      Faults.unexpected(unexpected);
      abandon();
      return;
    }
    end(how);
  }

  /**
   * The winner is closed, and its address dialled on the own descriptor. That is held until there
   * is an outcome: an event may be under way that speaks of the first dial, and a selector that was
   * woken up before its time would return with nothing.
   */
  private void dialAgain(SideAttempt winner, InetAddress peer) {
    own.hold();
    Redial.Result result = own.dialAgain(winner, peer);
    isDialledAgain = true;
    siblings.close();
    stopTimer();
    Loop.flush();
    if (result == Redial.Result.CLOSED) {
      end(State.CANCELLED);
    } else if (!checkOwn()) {
      lookAgainLater();
    }
  }

  private void lookAgainLater() {
    stopTimer();
    if (state == State.RACING) {
      timer = Loop.schedule(System.nanoTime() + lookNanos, race.step);
      lookNanos = Math.min(2 * lookNanos, LAST_LOOK_NANOS);
    }
  }

  /** The program closes the channel, or has done so. */
  void cancel() {
    if (state == State.RACING) {
      end(State.CANCELLED);
    } else {
      if (state == State.FAILED) {
        // The program has closed it instead of asking for the outcome.
        outcome = outcome.afterClose();
        ending.leave();
      }
      races.remove(own.fd);
    }
  }

  /**
   * Something of ours broke. What is pending on the own descriptor is the program's again; where
   * nothing is, the race has failed.
   */
  void abandon() {
    if (state != State.RACING) {
      return;
    }
    boolean dropped = own.isDialled() && own.isHeld();
    // Where nothing has been dialled yet the JDK's own connect runs.
    boolean begun = own.attempt() != null || own.failure() != null || call.unknown;
    boolean free = own.isDialled() || !begun;
    end(free ? State.ABANDONED : State.FAILED);
    if (dropped) {
      tell(State.ABANDONED, true);
    }
  }

  /** The race is over: that is decided with the first line, the rest is said at {@link Ending}. */
  private void end(State how) {
    state = how;
    if (how == State.WON_BY_OWN || how == State.WON_BY_SIDE) {
      outcome = ConnectOutcome.CONNECTED;
    }
    stopTimer();
    ending.end(how);
  }

  @Override
  public void tell(State how) {
    boolean told = how == State.CANCELLED || how == State.ABANDONED;
    tell(how, !told && (how != State.WON_BY_OWN || own.isHeld()));
  }

  /**
   * Tells the program.
   *
   * @param anew whether its selectors or its group have to look again
   */
  private void tell(State how, boolean anew) {
    try {
      if (how == State.WON_BY_OWN) {
        connected(own.attempt().address);
      } else if (how == State.FAILED && own.isPending()) {
        handover.giveUpOwn();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    try {
      if (anew) {
        handover.tell(how == State.WON_BY_SIDE);
      } else {
        races.remove(own.fd);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  @Override
  public void keepBooks(State how) {
    try {
      note(how);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    if (siblings != null) {
      siblings.attempts.end();
      siblings.close();
      Loop.flush();
      siblings.attempts.log();
    }
  }

  private void note(State how) {
    if (how == State.FAILED || how == State.CANCELLED) {
      // Cancelled too: a program whose timeout is over closes the channel.
      ChannelReport report = report();
      ConnectOutcome failed = ConnectOutcome.failed(report.tried(), report.silent(), 0);
      outcome = how == State.CANCELLED ? failed.afterClose() : failed;
    } else if (siblings == null && how == State.WON_BY_OWN) {
      rememberOwn();
    }
  }

  @Override
  public void leave() {
    whenOver.accept(call, outcome);
  }

  /** Tells the channel its peer, which it has dialled itself. */
  private void connected(InetAddress peer) {
    Adoption.tell(call, peers.mark(peer, call.host));
  }

  /** The address dialled first has answered before any other was dialled. */
  private void rememberOwn() {
    call.answered(own.attempt().address, System.nanoTime() - startedAt);
  }

  State state() {
    return state;
  }

  /**
   * Whether a side's connection, or one to its address, has taken the place of the channel's own:
   * the descriptor does not block, whatever its mode was before.
   */
  boolean isAdopted() {
    return state == State.WON_BY_SIDE || isDialledAgain;
  }

  /** What the program is told, now, of a race that has failed. */
  IOException failure() {
    IOException told = toBeTold();
    ending.leave();
    return told;
  }

  private IOException toBeTold() {
    try {
      boolean isOwn = isDialledAgain && own.failure() != null;
      return isOwn ? StackTraceCleaner.cleaned(own.failure()) : report().failure();
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
      IOException ofOwn = own.failure();
      return StackTraceCleaner.cleaned(
          ofOwn == null ? new ConnectException("Connect failed") : ofOwn);
    }
  }

  /** Nobody will go on with the race: see {@link Handover#expose}. */
  void expose() {
    handover.expose();
  }

  private ChannelReport report() {
    return new ChannelReport(call, own, siblings == null ? null : siblings.attempts, startedAt);
  }
}
