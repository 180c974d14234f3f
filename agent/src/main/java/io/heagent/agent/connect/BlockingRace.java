package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.report.FailureText;
import io.heagent.engine.report.TriedAddress;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.SocketTimeoutException;
import java.util.List;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/**
 * One raced connect, run where the JDK would call native connect, on the calling thread. First the
 * address dialled first alone, on the program's own descriptor; only where that is not through
 * within the Connection Attempt Delay a {@link SideRace}.
 */
final class BlockingRace {

  private final ConnectCall call;
  private final FileDescriptor fd;
  private final ProtocolFamily family;
  private InetAddress first;
  private final boolean redial;

  /** Whether the JDK came with a blocking descriptor, and expects to find one afterwards. */
  private final boolean blocking;

  /** What the address dialled first has said, if it has failed. */
  private IOException failure;

  private OwnAttempt own;
  private boolean connected;

  /** What tells this thread of news; null before that is needed, and for one in poll(2). */
  private Wake wake;

  BlockingRace(
      ConnectCall call,
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress first,
      boolean redial) {
    this.call = call;
    this.family = family;
    this.fd = fd;
    this.first = first;
    this.redial = redial;
    this.blocking =
        switch (call.kind) {
          case HeHook.SOCKET -> !HeJdk.isNonBlocking(call.impl);
          case HeHook.CHANNEL -> !HeJdk.isVirtualThread();
          default -> false;
        };
  }

  /**
   * Runs it.
   *
   * @return what the woven Net.connect is to return
   * @throws IOException the race's outcome
   */
  int run() throws IOException {
    if (call.trouble == ConnectCall.Trouble.INTERRUPTED) {
      throw new InterruptedIOException();
    } else if (call.trouble == ConnectCall.Trouble.TIMED_OUT) {
      throw Failures.cleaned(FailureText.timeout(call.host, call.port, List.of()));
    } else if (call.trouble == ConnectCall.Trouble.WAITED && call.deadline != ConnectCall.NEVER) {
      Failures.notWaitedAgain(call);
      throw Failures.cleaned(new SocketTimeoutException("Connect timed out"));
    }
    try {
      int result = redial ? raceAndRedial() : race();
      if (result == HeHook.CONNECTED && blocking && own != null) {
        restoreMode();
      }
      return result;
    } catch (RuntimeException | Error unexpected) {
      return failOpen(unexpected);
    }
  }

  private int race() throws IOException {
    if (call.trouble == ConnectCall.Trouble.WAITED) {
      return dialOnce(System.nanoTime() + call.graceNanos());
    }
    long start = System.nanoTime();
    if (Hold.isDue(call)) {
      first = Hold.whileUnanswered(call);
      start = System.nanoTime();
    }
    dialOwn(first);
    // Most connects are through by half the shortest delay, and need not ask for theirs.
    awaitOwn(Math.min(call.deadline, start + half(call.shortestDelay())));
    CandidateSource source = isUndecided() ? awaitAlone(start) : null;
    if (call.flight != null && !isUndecided() && first.equals(call.requested)) {
      call.flight.answered();
    }
    if (connected) {
      call.answered(first, System.nanoTime() - start);
      return HeHook.CONNECTED;
    } else if (!HeJdk.isConnecting(call.impl)) {
      return HeHook.PENDING;
    }
    if (source == null) {
      call.alone |= SelfRacers.areOnStack();
      source = source();
    }
    Mode mode = HeJdk.isVirtualThread() ? Mode.VIRTUAL : Mode.POLL;
    return new SideRace(call, source, mode, wake).run(own, failure, start, this::adopt);
  }

  /** The first address only, and no longer. */
  private int dialOnce(long until) throws IOException {
    dialOwn(first);
    awaitOwn(until);
    if (connected) {
      return HeHook.CONNECTED;
    } else if (!HeJdk.isConnecting(call.impl)) {
      return HeHook.PENDING;
    } else if (failure == null) {
      failure = Failures.timedOutAgain(call);
    }
    throw Failures.cleaned(failure);
  }

  /** Waits for the first address until its delay ends. Null if there was no need to. */
  private CandidateSource awaitAlone(long start) throws IOException {
    long delay = call.delayAfter(first);
    long until =
        delay == RaceRule.DELAY_OFF ? call.deadline : Math.min(call.deadline, start + delay);
    awaitOwn(Math.min(until, start + half(delay)));
    if (!isUndecided()) {
      return null;
    }
    // There is time now to look up siblings that are not known, and for the first race of a JVM to
    // load its classes.
    WarmUp.once();
    call.alone |= SelfRacers.areOnStack();
    CandidateSource source = source();
    awaitOwn(until);
    return source;
  }

  private CandidateSource source() {
    wake = HeJdk.isVirtualThread() ? new Wake() : null;
    return new CandidateSource(call, first, wake);
  }

  private int adopt(SideAttempt winner) {
    try {
      boolean adopted = Adoption.adopt(call, winner, blocking);
      own = null;
      return adopted ? HeHook.CONNECTED : HeHook.PENDING;
    } catch (IOException noDuplicate) {
      throw new UncheckedIOException(noDuplicate);
    }
  }

  /** Race, close the winner, connect the program's own socket to its address. */
  private int raceAndRedial() throws IOException {
    if (call.trouble == ConnectCall.Trouble.WAITED) {
      return race();
    } else if (SelfRacers.areOnStack()) {
      return HeHook.PROCEED;
    }
    wake = new Wake();
    CandidateSource source = new CandidateSource(call, first, wake);
    SideRace sides = new SideRace(call, source, Mode.SELECT, wake);
    return sides.run(null, null, System.nanoTime(), this::dialAgain);
  }

  private int dialAgain(SideAttempt winner) throws IOException {
    winner.close();
    long start = System.nanoTime();
    dialOwn(winner.address);
    awaitOwn(call.deadline);
    if (failure != null) {
      throw Failures.cleaned(failure);
    } else if (!connected && HeJdk.isConnecting(call.impl)) {
      throw timedOut(winner.address, start);
    }
    call.peer = winner.address;
    return connected ? HeHook.CONNECTED : HeHook.PENDING;
  }

  private IOException timedOut(InetAddress address, long start) {
    long millis = (System.nanoTime() - start) / 1_000_000L;
    return Failures.cleaned(
        FailureText.timeout(
            call.host,
            call.port,
            List.of(new TriedAddress(address, Outcome.TIMED_OUT, millis, null))));
  }

  /** Dials an address on the program's own descriptor. */
  private void dialOwn(InetAddress address) throws IOException {
    if (blocking) {
      HeJdk.configureBlocking(fd, false);
    }
    own = new OwnAttempt(family, fd, address, call.port);
    try {
      own.start();
      connected = own.isConnected();
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Waits for it, until it has an outcome, the time is over or the program closes its socket. */
  private void awaitOwn(long until) throws IOException {
    long now;
    while (isUndecided() && (now = System.nanoTime()) < until) {
      park(until == ConnectCall.NEVER ? ConnectCall.NEVER : until - now);
      try {
        connected = HeJdk.isConnecting(call.impl) && own.isConnected();
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  private boolean isUndecided() {
    return !connected && failure == null && HeJdk.isConnecting(call.impl);
  }

  private void park(long nanos) throws IOException {
    if (!HeJdk.isVirtualThread()) {
      HeJdk.pollOut(fd, nanos == ConnectCall.NEVER ? -1 : Millis.roundedUp(nanos));
      return;
    }
    HeJdk.parkVirtual(fd, nanos == ConnectCall.NEVER ? 0 : nanos, () -> HeJdk.isOpen(call.impl));
    if (call.kind == HeHook.SOCKET && Thread.currentThread().isInterrupted()) {
      // As NioSocketImpl's own park.
      throw new InterruptedIOException();
    }
  }

  private static long half(long delay) {
    return (delay == RaceRule.DELAY_OFF ? RaceRule.DEFAULT.delayNanos() : delay) / 2;
  }

  private void restoreMode() throws IOException {
    if (HeJdk.isConnecting(call.impl)) {
      HeJdk.configureBlocking(fd, true);
    }
  }

  /** Something of ours broke: the JDK goes on from where the descriptor is. */
  private int failOpen(Throwable unexpected) throws IOException {
    Failures.unexpected(unexpected);
    if (failure != null) {
      throw Failures.cleaned(failure);
    }
    if (blocking) {
      HeJdk.configureBlocking(fd, true);
    }
    return own == null ? HeHook.PROCEED : HeHook.PENDING;
  }
}
