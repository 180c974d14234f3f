package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/**
 * The race of one non-blocking or asynchronous channel. The requested address is dialled on the
 * channel's own descriptor and stays armed in the program's selector or group, so that a healthy
 * one costs nothing; siblings run on the {@link Loop}. Events of the own descriptor are taken back
 * from the program only once it has failed: from then on the channel is held.
 *
 * <p>Lock: this object's monitor guards everything below. Threads of the program enter by {@link
 * #start}, {@link #isSwallowed}, {@link #poll} and {@link #cancel}, the loop by {@link #step}.
 * Inside it the channel's state lock may be taken (adoption), and locks of selectors that are
 * leaves.
 */
final class ChannelRace implements SiblingRun.Listener {

  /** How often a blocking finishConnect looks. */
  private static final long LOOK_NANOS = 5_000_000L;

  private enum State {
    RACING,
    WON_BY_OWN,
    WON_BY_SIDE,
    FAILED,
    CANCELLED
  }

  private final ConnectCall call;
  private final ProtocolFamily family;
  private final FileDescriptor fd;
  private final ChannelRaces races;
  private final boolean redial;
  private final Consumer<ConnectCall> whenOver;
  private final long startedAt = System.nanoTime();

  private State state = State.RACING;

  /** The attempt on the channel's own descriptor; null where that is not dialled at first. */
  private OwnAttempt own;

  /** What the own attempt has failed with. */
  private IOException ownFailure;

  /**
   * Whether the own descriptor has nothing to tell the program, whatever its events are. Read
   * without the lock by selectors, which hold theirs.
   */
  private volatile boolean held;

  /** Made when more than the own attempt is needed. */
  private SiblingRun siblings;

  private Loop.Timer timer;

  ChannelRace(
      ConnectCall call,
      ProtocolFamily family,
      FileDescriptor fd,
      ChannelRaces races,
      boolean redial,
      Consumer<ConnectCall> whenOver) {
    this.call = call;
    this.family = family;
    this.fd = fd;
    this.races = races;
    this.redial = redial;
    this.whenOver = whenOver;
  }

  /**
   * Dials; never blocks, never looks anything up.
   *
   * @return what the woven Net.connect returns
   * @throws IOException where nothing could be begun and nothing is pending
   */
  synchronized int start(InetAddress first) throws IOException {
    try {
      return dial(first);
    } catch (RuntimeException | Error unexpected) {
      Failures.unexpected(unexpected);
      abandon();
      if (state == State.FAILED) {
        races.remove(fd);
        throw failure();
      }
      return own == null ? HeHook.PROCEED : HeHook.PENDING;
    }
  }

  private int dial(InetAddress first) {
    if (redial || call.unknown) {
      held = true;
    } else {
      own = new OwnAttempt(family, fd, first, call.port);
      try {
        own.start();
        if (first.isLoopbackAddress() && own.isConnected()) {
          // Through already. Never told by returning true: some programs wait for the event.
          whenOver.accept(call);
          return HeHook.PENDING;
        }
      } catch (IOException e) {
        ownFailure = e;
        held = true;
      }
    }
    races.add(fd, this);
    if (held) {
      due();
    } else if (call.rule.delayNanos() != RaceRule.DELAY_OFF) {
      long delay = call.rule.delayNanos();
      timer = Loop.schedule(startedAt + (call.known == null ? delay / 2 : delay), this::step);
    }
    return HeHook.PENDING;
  }

  /**
   * Something of ours broke. What is pending on the own descriptor is the program's again; where
   * nothing is, the race has failed.
   */
  private void abandon() {
    if (state == State.RACING) {
      boolean pending = own != null && ownFailure == null && !held;
      end(pending || (redial && !call.unknown) ? State.CANCELLED : State.FAILED);
    }
  }

  /** On the loop: something may be due. */
  private synchronized void step() {
    try {
      advance();
    } catch (RuntimeException | Error unexpected) {
      Failures.unexpected(unexpected);
      abandon();
    }
  }

  private void advance() {
    if (state != State.RACING) {
      return;
    } else if (!HeJdk.isConnecting(call.impl)) {
      cancel();
      return;
    }
    if (own != null && ownFailure == null && checkOwn()) {
      return;
    }
    if (siblings == null) {
      siblings = new SiblingRun(call, startedAt, own, ownFailure, this);
    }
    siblings.proceed();
    schedule();
  }

  private void schedule() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (state == State.RACING && siblings.wakeAt() != RaceCore.NEVER) {
      timer = Loop.schedule(siblings.wakeAt(), this::step);
    }
  }

  @Override
  public void due() {
    Loop.execute(this::step);
  }

  @Override
  public synchronized void ready(SideAttempt attempt) {
    if (state != State.RACING) {
      attempt.close();
      return;
    }
    siblings.check(attempt);
    step();
  }

  @Override
  public void failed() {
    end(State.FAILED);
  }

  @Override
  public void dropped(Attempt attempt) {
    // What a dropped own attempt says from now on is not heard.
    held |= attempt == own;
    Loop.flush();
  }

  /**
   * Asks the own descriptor.
   *
   * @return whether the race is over, because it is connected
   */
  private boolean checkOwn() {
    try {
      if (!own.isPollable() || !own.isConnected()) {
        return false;
      }
      wonByOwn();
      return true;
    } catch (IOException e) {
      ownFailure = e;
      held = true;
      if (siblings != null) {
        siblings.ownEnded(e);
      }
      return false;
    }
  }

  private void wonByOwn() {
    if (siblings != null) {
      siblings.ownEnded(null);
    }
    end(State.WON_BY_OWN);
  }

  @Override
  public void won(Attempt attempt) {
    if (attempt == own) {
      end(State.WON_BY_OWN);
      return;
    }
    SideAttempt side = (SideAttempt) attempt;
    siblings.attempts.closeAllBut(side);
    try {
      if (redial) {
        dialAgain(side);
      } else {
        // Non-blocking as it is now; finishConnect sets what the program has configured by then.
        end(Adoption.adopt(call, side, false) ? State.WON_BY_SIDE : State.CANCELLED);
      }
    } catch (IOException e) {
      Failures.unexpected(e);
      ownFailure = e;
      end(State.FAILED);
    }
  }

  private void dialAgain(SideAttempt winner) throws IOException {
    winner.close();
    boolean dialled;
    synchronized (HeJdk.stateLock(call.impl)) {
      dialled = Adoption.tell(call, winner.address);
      if (dialled) {
        HeJdk.connect(family, fd, winner.address, call.port);
      }
    }
    end(dialled ? State.WON_BY_SIDE : State.CANCELLED);
  }

  /** The race is over: everything but the winner is given up, the program is told. */
  private void end(State how) {
    state = how;
    if (how == State.FAILED && siblings != null) {
      call.failed = siblings.attempts.addresses();
    }
    whenOver.accept(call);
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (siblings != null) {
      siblings.attempts.log();
      siblings.attempts.closeAllBut(null);
      Loop.flush();
    }
    if (how == State.CANCELLED || (how == State.WON_BY_OWN && !held)) {
      races.remove(fd);
      return;
    }
    if (HeJdk.isAsync(call.impl)) {
      held = false;
      HeJdk.pollAsync(call.impl);
      return;
    }
    List<SelectionKey> keys = HeJdk.keys(call.impl);
    if (how == State.WON_BY_SIDE && !redial) {
      // Before the hold ends: a selector that registered normally in between would be made to
      // register once more, which the kernel refuses and the selector takes for done.
      races.rearm(keys);
    }
    held = false;
    races.wake(keys);
  }

  /** The program closes the channel. */
  synchronized void cancel() {
    if (state == State.RACING) {
      end(State.CANCELLED);
    } else {
      races.remove(fd);
    }
  }

  /** Whether nothing may be registered for the channel now. */
  boolean isHeld() {
    return held;
  }

  /**
   * The own descriptor has an event, on a thread of the program.
   *
   * @param connected whether the event itself says that it is connected
   * @return whether it is not the program's business
   */
  synchronized boolean isSwallowed(boolean connected) {
    if (state != State.RACING) {
      return false;
    }
    if (connected && !held && own != null) {
      wonByOwn();
      return false;
    }
    if (!held && checkOwn()) {
      return false;
    }
    if (held) {
      due();
    } else if (HeJdk.isAsync(call.impl)) {
      // Polled once only: a spurious event must not be the last one.
      HeJdk.pollAsync(call.impl);
    }
    return true;
  }

  /**
   * The program asks whether the connect is through. Where the channel has been made blocking
   * since, it waits for the answer; such a channel is in no selector, so this thread looks for
   * events too.
   */
  int pollOrWait() throws IOException {
    boolean blocking = call.kind == HeHook.CHANNEL && ((SocketChannel) call.impl).isBlocking();
    int answer = poll(blocking);
    while (answer == HeHook.PENDING && blocking && HeJdk.isConnecting(call.impl)) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      answer = poll(true);
    }
    return answer;
  }

  /**
   * The program asks whether the connect is through.
   *
   * @return what the woven pollConnectNow makes of it
   * @throws IOException the failure of the race
   */
  private synchronized int poll(boolean blockingChannel) throws IOException {
    if (state == State.RACING && own != null && !held && !checkOwn() && held) {
      due();
    }
    if (state == State.RACING) {
      return HeHook.PENDING;
    }
    races.remove(fd);
    if (state == State.FAILED) {
      throw failure();
    } else if (state == State.WON_BY_SIDE && blockingChannel) {
      HeJdk.configureBlocking(fd, true);
    }
    return HeHook.PROCEED;
  }

  private IOException failure() {
    List<TriedAddress> tried = siblings == null ? List.of() : siblings.attempts.tried();
    if (tried.size() <= 1 && ownFailure != null) {
      // There were no siblings: the program sees what it sees without the agent, to the letter.
      return Failures.cleaned(ownFailure);
    } else if (tried.isEmpty()) {
      return Failures.cleaned(new UnknownHostException(call.host));
    }
    return Failures.cleaned(FailureText.failure(call.host, call.port, tried));
  }
}
