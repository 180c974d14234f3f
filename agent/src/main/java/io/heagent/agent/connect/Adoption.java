package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/** Makes the address and connection that won those of the program's own socket. */
final class Adoption {

  private Adoption() {}

  /** What is done to a descriptor that is still connecting. */
  interface Step {
    void run() throws IOException;
  }

  /** A class, as the first race of a JVM waits for it: a lambda is made at run time. */
  private record TakeOver(ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer)
      implements Step {
    @Override
    public void run() throws IOException {
      takeOver(call, winner, blocking, peer);
    }
  }

  /**
   * Puts the winner's connection under the program's descriptor number. The winner is closed
   * afterwards in any case: its description lives on under the program's number.
   *
   * @param blocking the mode that the program's descriptor had when the JDK came to connect it
   * @param peer the winner's address, as the program is to be told it
   * @return false if the socket was closed meanwhile
   * @throws NotCarriedException if the winner lacks an option; nothing is done, the winner is open
   * @throws IOException if the descriptor could not be duplicated; the program's is as it was
   */
  static boolean adopt(ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer)
      throws IOException {
    boolean isKept = false;
    try {
      return unlessClosed(call, new TakeOver(call, winner, blocking, peer));
    } catch (NotCarriedException e) {
      isKept = true;
      throw e;
    } finally {
      if (!isKept) {
        winner.close();
      }
    }
  }

  private static void takeOver(
      ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer) throws IOException {
    // All that may fail comes before dup2: once that is done, so is the rest.
    InetSocketAddress remote = new InetSocketAddress(peer, call.port);
    String lost = winner.carryChangedOptions();
    if (lost != null) {
      throw new NotCarriedException(lost);
    }
    if (blocking || winner.isBlocking()) {
      HeJdk.configureBlocking(winner.descriptor(), blocking);
    }
    HeSocket.setRemote(call.impl, remote);
    try {
      HeJdk.dup2(winner.descriptor(), HeSocket.descriptor(call.impl));
    } catch (IOException | RuntimeException | Error e) {
      HeSocket.setRemote(call.impl, call.remote);
      throw e;
    }
    call.peer = winner.address;
  }

  /** Ends a connect of the program's own descriptor that is pending: who polls it comes to ask. */
  static void giveUp(ConnectCall call) throws IOException {
    unlessClosed(call, () -> HeJdk.endConnect(HeSocket.descriptor(call.impl)));
  }

  /**
   * Does something to a descriptor that is still connecting, and that nobody can close meanwhile.
   *
   * @return false if the socket was closed, or connected, already: nothing is done
   */
  static boolean unlessClosed(ConnectCall call, Step step) throws IOException {
    if (!HeSocket.isAsync(call.impl)) {
      return locked(call, step);
    }
    // An asynchronous channel's close takes another lock first, which is held against it here.
    try {
      HeSocket.holdAsync(call.impl);
    } catch (ClosedChannelException closed) {
      return false;
    }
    try {
      return locked(call, step);
    } finally {
      HeSocket.releaseAsync(call.impl);
    }
  }

  private static boolean locked(ConnectCall call, Step step) throws IOException {
    // Closing takes the same lock. Without it, the program's number could be closed and given to a
    // stranger between the check and the step, whose connection would then be overwritten.
    synchronized (HeSocket.stateLock(call.impl)) {
      boolean connecting = HeSocket.isConnecting(call.impl);
      if (connecting) {
        step.run();
      }
      return connecting;
    }
  }

  /**
   * Tells the program's socket, connected itself to this address, its peer.
   *
   * @return false if the socket was closed meanwhile
   */
  static boolean tell(ConnectCall call, InetAddress address) {
    synchronized (HeSocket.stateLock(call.impl)) {
      if (!HeSocket.isConnecting(call.impl)) {
        return false;
      }
      HeSocket.setRemote(call.impl, new InetSocketAddress(address, call.port));
      return true;
    }
  }
}
