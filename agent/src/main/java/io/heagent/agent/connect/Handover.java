package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.util.List;
import sun.nio.ch.HeSocket;

/**
 * How the end of a channel's race comes to the program: a side's connection becomes the channel's,
 * and whoever waits for the channel looks again. Under the monitor of its {@link ChannelRace};
 * inside it the channel's state lock is taken, and locks of selectors that are leaves.
 */
final class Handover {

  private final ConnectCall call;
  private final OwnDescriptor own;
  private final ChannelRaces races;

  Handover(ConnectCall call, OwnDescriptor own, ChannelRaces races) {
    this.call = call;
    this.own = own;
    this.races = races;
  }

  /**
   * Makes the winner's connection the channel's.
   *
   * @param peer the winner's address, as the program is to be told it
   * @return false if the channel was closed meanwhile
   * @throws NotCarriedException as {@link Adoption#adopt}
   */
  boolean take(SideAttempt winner, InetAddress peer) throws IOException {
    // Non-blocking as it is now; finishConnect sets what the program has configured by then.
    return Adoption.adopt(AgentRuntime.INSTANCE.system(), call, winner, false, peer);
  }

  /** The race has failed while the system still waits on the channel's own descriptor. */
  void giveUpOwn() {
    try {
      Adoption.giveUp(AgentRuntime.INSTANCE.system(), call);
    } catch (IOException e) {
      // The program is told later, by the system.
      Faults.ignored(e);
    }
  }

  /**
   * Ends the hold and has the channel's selectors, or its group, look for the outcome. What fails
   * in the midst of that is done once more: to be told twice does no harm.
   *
   * <p>No key is forgotten, whatever threads register meanwhile. A selector looks at a key once it
   * is queued, which happens inside the channel's key lock, before the key is one of the channel's;
   * {@code HeSocket.keys} takes that lock. So a key that a selector has registered in the kernel
   * before a side took the descriptor is in the list below, even if its registration is not through
   * yet: it is registered anew. A key that is not in the list was queued later than that. If its
   * selector looks before the hold ends, it is told so under the monitor under which the hold ends,
   * and is one of those that come out of {@code release}. If it looks afterwards, it registers the
   * key with the descriptor as the program is to have it.
   *
   * @param bySide whether a side's connection is the channel's now
   */
  void tell(boolean bySide) {
    try {
      tellOnce(bySide);
    } catch (RuntimeException | Error unexpected) {
      tellOnce(bySide);
      Faults.unexpected(unexpected);
    }
  }

  /**
   * Nobody will go on with the race: has the program's own thread come and end it. From any thread,
   * without the monitor.
   */
  void expose() {
    if (call.socket.kind() == SocketKind.ASYNC) {
      call.socket.pollAsync();
      return;
    }
    for (SelectionKey key : call.socket.keys()) {
      if (HeSocket.queueUpdate(key)) {
        key.selector().wakeup();
      }
    }
  }

  private void tellOnce(boolean bySide) {
    if (call.socket.kind() == SocketKind.ASYNC) {
      own.release();
      call.socket.pollAsync();
      return;
    }
    List<SelectionKey> keys = call.socket.keys();
    races.wake(races.release(own, keys, bySide));
  }
}
