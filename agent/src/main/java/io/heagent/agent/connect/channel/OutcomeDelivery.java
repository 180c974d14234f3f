package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.FallbackAttempt;
import io.heagent.agent.connect.attempt.RaceEnding.Phase;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.socket.Adoption;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.util.List;

/**
 * How the end of a channel's race comes to the program: a side's connection becomes the channel's,
 * and whoever waits for the channel looks again. Under the monitor of its {@link ChannelRace};
 * inside it the channel's state lock is taken, and locks of selectors that are leaves.
 */
final class OutcomeDelivery {

  /** How long after a failure to tell the program the next try is made. */
  static final long RETRY_NANOS = 50_000_000L;

  private final ConnectCall call;
  private final PrimaryDescriptor primary;
  private final ChannelEnvironment environment;
  private final ChannelRaceRegistry registry;

  OutcomeDelivery(ConnectCall call, PrimaryDescriptor primary, ChannelEnvironment environment) {
    this.call = call;
    this.primary = primary;
    this.environment = environment;
    this.registry = environment.registry();
  }

  /**
   * Makes the winner's connection the channel's.
   *
   * @param peer the winner's address, as the program is to be told it
   * @return false if the channel was closed meanwhile
   * @throws Adoption.NotCarriedException as {@link FallbackAttempt#handOver}
   */
  boolean take(FallbackAttempt winner, InetAddress peer) throws IOException {
    // Non-blocking as it is now; finishConnect sets what the program has configured by then.
    return winner.handOver(false, peer);
  }

  /** Tells the program the outcome of its race, as far as it does not know it by itself. */
  void tell(Phase how) {
    boolean known = how == Phase.CANCELLED || how == Phase.ABANDONED;
    tell(how, !known && (how != Phase.WON_BY_PRIMARY || primary.isHeld()));
  }

  /**
   * Tells the program.
   *
   * @param anew whether its selectors or its group have to look again
   */
  void tell(Phase how, boolean anew) {
    try {
      if (how == Phase.WON_BY_PRIMARY) {
        connected(primary.attempt().address);
      } else if (how == Phase.FAILED && primary.isPending()) {
        giveUpPrimary();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
    try {
      if (anew) {
        lookAgain(how == Phase.WON_BY_FALLBACK);
      } else {
        registry.remove(primary.fd);
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }

  /** Tells the channel its peer, which it has dialled itself. */
  void connected(InetAddress peer) {
    InetAddress marked = environment.peers().mark(peer, call.request.host());
    call.request.socket().setRemote(new InetSocketAddress(marked, call.request.port()));
  }

  /** The race has failed while the system still waits on the channel's own descriptor. */
  private void giveUpPrimary() {
    try {
      SystemCalls system = environment.races().system();
      call.request
          .socket()
          .ifConnecting(() -> system.endConnect(call.request.socket().descriptor()));
    } catch (IOException e) {
      // The program is told later, by the system.
      Faults.ignored(e);
    }
  }

  /**
   * Ends the hold and has the channel's selectors, or its group, look for the outcome. What fails
   * in the midst of that is done again until it is done: to be told twice does no harm.
   *
   * <p>No key is forgotten, whatever threads register meanwhile. A selector looks at a key once it
   * is queued, which happens inside the channel's key lock, before the key is one of the channel's;
   * {@link ProgramSocket#keys} takes that lock. So a key that a selector has registered in the
   * kernel before a side took the descriptor is in the list below, even if its registration is not
   * through yet: it is registered anew. A key that is not in the list was queued later than that.
   * If its selector looks before the hold ends, it is told so under the monitor under which the
   * hold ends, and is one of those that come out of {@code release}. If it looks afterwards, it
   * registers the key with the descriptor as the program is to have it.
   *
   * @param bySide whether a side's connection is the channel's now
   */
  private void lookAgain(boolean bySide) {
    try {
      lookAgainOnce(bySide);
    } catch (RuntimeException | Error unexpected) {
      insist(new LookAgain(this, bySide));
      Faults.unexpected(unexpected);
    }
  }

  private void lookAgainOnce(boolean bySide) {
    if (call.request.socket().kind() == SocketKind.ASYNC) {
      primary.release();
      call.request.socket().pollAsync();
      return;
    }
    List<SelectionKey> keys = call.request.socket().keys();
    for (SelectionKey key : registry.release(primary, keys, bySide)) {
      if (environment.selectors().queueUpdate(key)) {
        environment.loop().soon(new WakeUp(this, key));
      } else {
        registry.take(key);
      }
    }
  }

  /**
   * Does once more what has failed once, and if that fails too, from time to time on the loop, for
   * as long as the program waits for it: maybe it waits for nothing else.
   */
  private void insist(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException | Error lasting) {
      RaceLoop loop = environment.loop();
      loop.schedule(loop.now() + RETRY_NANOS, new Retry(this, telling));
    }
  }

  private void insistIfWaitedFor(Runnable telling) {
    // Whoever has picked the outcome up, or closed the channel, needs no telling any more.
    if (registry.get(primary.fd) != null) {
      insist(telling);
    }
  }

  private record LookAgain(OutcomeDelivery of, boolean bySide) implements Runnable {
    @Override
    public void run() {
      of.lookAgainOnce(bySide);
    }
  }

  private record Retry(OutcomeDelivery of, Runnable telling) implements Runnable {
    @Override
    public void run() {
      of.insistIfWaitedFor(telling);
    }
  }

  private record WakeUp(OutcomeDelivery of, SelectionKey key) implements Runnable {
    @Override
    public void run() {
      try {
        of.registry.wakeUnlessSeen(key);
      } catch (RuntimeException | Error unexpected) {
        of.insist(new WakeUpOnce(of, key));
        Faults.unexpected(unexpected);
      }
    }
  }

  private record WakeUpOnce(OutcomeDelivery of, SelectionKey key) implements Runnable {
    @Override
    public void run() {
      of.registry.wakeUnlessSeen(key);
    }
  }

  /**
   * Nobody will go on with the race: has the program's own thread come and end it. From any thread,
   * without the monitor.
   */
  void expose() {
    if (call.request.socket().kind() == SocketKind.ASYNC) {
      call.request.socket().pollAsync();
      return;
    }
    for (SelectionKey key : call.request.socket().keys()) {
      if (environment.selectors().queueUpdate(key)) {
        key.selector().wakeup();
      }
    }
  }
}
