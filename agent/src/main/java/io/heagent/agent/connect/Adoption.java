package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import sun.nio.ch.HeJdk;

/** Makes the address and connection that won those of the program's own socket. */
final class Adoption {

  private Adoption() {}

  /**
   * Puts the winner's connection under the program's descriptor number. The winner is closed
   * afterwards in any case: its description lives on under the program's number.
   *
   * @param blocking the mode that the program's descriptor had when the JDK came to connect it
   * @return false if the socket was closed meanwhile
   * @throws IOException if the descriptor could not be duplicated; the program's is as it was
   */
  static boolean adopt(ConnectCall call, SideAttempt winner, boolean blocking) throws IOException {
    try {
      return HeJdk.isAsync(call.impl)
          ? adoptAsync(call, winner)
          : adoptLocked(call, winner, blocking);
    } finally {
      winner.close();
    }
  }

  /** An asynchronous channel's close takes another lock first, which is held against it here. */
  private static boolean adoptAsync(ConnectCall call, SideAttempt winner) throws IOException {
    try {
      HeJdk.holdAsync(call.impl);
    } catch (ClosedChannelException closed) {
      return false;
    }
    try {
      return adoptLocked(call, winner, false);
    } finally {
      HeJdk.releaseAsync(call.impl);
    }
  }

  private static boolean adoptLocked(ConnectCall call, SideAttempt winner, boolean blocking)
      throws IOException {
    // Closing takes the same lock. Without it, the program's number could be closed and given to a
    // stranger between the check and the dup2, whose connection would then be overwritten.
    synchronized (HeJdk.stateLock(call.impl)) {
      if (!HeJdk.isConnecting(call.impl)) {
        return false;
      }
      winner.carryChangedOptions();
      HeJdk.configureBlocking(winner.descriptor(), blocking);
      HeJdk.dup2(winner.descriptor(), HeJdk.descriptor(call.impl));
      HeJdk.setRemote(call.impl, new InetSocketAddress(winner.address, call.port));
      call.peer = winner.address;
      return true;
    }
  }

  /** Gives a socket that the JDK has connected another object for the same address. */
  static void pin(ConnectCall call, InetAddress address) {
    synchronized (HeJdk.stateLock(call.impl)) {
      if (HeJdk.isOpen(call.impl)) {
        HeJdk.setRemote(call.impl, new InetSocketAddress(address, call.port));
      }
    }
  }

  /**
   * Tells the program's socket, connected itself to this address, its peer.
   *
   * @return false if the socket was closed meanwhile
   */
  static boolean tell(ConnectCall call, InetAddress address) {
    synchronized (HeJdk.stateLock(call.impl)) {
      if (!HeJdk.isConnecting(call.impl)) {
        return false;
      }
      HeJdk.setRemote(call.impl, new InetSocketAddress(address, call.port));
      return true;
    }
  }
}
