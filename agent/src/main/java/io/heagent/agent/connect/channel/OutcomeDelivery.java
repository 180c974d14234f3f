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
 * Delivers the end of a channel's race to the program: makes a winner's connection the channel's,
 * and has whoever waits for the channel look again. Guarded by the monitor of its {@link
 * ChannelRace}. Inside that monitor it takes the channel's state lock, and selectors' locks inside
 * which no other lock is taken.
 */
final class OutcomeDelivery {

  /** How long after a failed delivery the next try is made. */
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
   * @param peer the winner's address in the form that the program gets
   * @return false if the program has closed the channel meanwhile
   * @throws Adoption.NotCarriedException as {@link FallbackAttempt#handOver}
   */
  boolean take(FallbackAttempt winner, InetAddress peer) throws IOException {
    // The descriptor stays non-blocking; finishConnect sets the mode that the program has chosen by
    // then.
    return winner.handOver(false, peer);
  }

  /** Delivers the outcome of the race, except to a program that already knows it. */
  void tell(Phase how) {
    boolean known = how == Phase.CANCELLED || how == Phase.ABANDONED;
    tell(how, !known && (how != Phase.WON_BY_PRIMARY || primary.isHeld()));
  }

  /**
   * Delivers the outcome of the race.
   *
   * @param anew whether the program's selectors, or its group, must look again
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

  /** Sets the channel's remote address to the peer that its own descriptor is connected to. */
  void connected(InetAddress peer) {
    InetAddress marked = environment.peers().mark(peer, call.request.host());
    call.request.socket().setRemote(new InetSocketAddress(marked, call.request.port()));
  }

  /** Ends the pending connect on the channel's own descriptor, because the race has failed. */
  private void giveUpPrimary() {
    try {
      SystemCalls system = environment.races().system();
      call.request
          .socket()
          .ifConnecting(() -> system.endConnect(call.request.socket().descriptor()));
    } catch (IOException e) {
      // The program gets the failure later, when the system reports it.
      Faults.ignored(e);
    }
  }

  /**
   * Ends the hold, and has the channel's selectors, or its group, look for the outcome. If a step
   * of that fails it is repeated until it succeeds; to tell the program twice does no harm.
   *
   * <p>No key is forgotten, whatever threads register meanwhile. A selector looks at a key once the
   * key is queued. A key is queued inside the channel's key lock, before it is one of the channel's
   * keys; {@link ProgramSocket#keys} takes that lock. So a key that a selector has registered in
   * the kernel before a winner took the descriptor is in the list below, even if its registration
   * has not returned yet, and it is registered anew. A key that is not in the list was queued
   * later. If its selector looks before the hold ends, the selector notes the key under the monitor
   * under which the hold ends, so {@code release} returns the key. If its selector looks
   * afterwards, it registers the key with the descriptor that the program keeps.
   *
   * @param bySide whether the channel has a winner's connection now
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
   * Repeats at once what has failed, and if that fails too, repeats it on the loop every 50 ms
   * while the program waits for the outcome: the program may have no other event to wait for.
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
    // A program that has fetched the outcome, or has closed the channel, needs to be told nothing.
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
   * Makes an event for the program, so that its own thread comes and ends the race, because the
   * loop cannot go on with it. Any thread may call it, without the monitor.
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
