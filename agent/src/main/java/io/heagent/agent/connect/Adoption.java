package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes the address and connection that won those of the program's own socket. */
final class Adoption {

  private Adoption() {}

  /** A class, as the first race of a JVM waits for it: a lambda is made at run time. */
  private record TakeOver(
      SystemCalls system, ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer)
      implements ProgramSocket.Step {
    @Override
    public void run() throws IOException {
      takeOver(system, call, winner, blocking, peer);
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
  static boolean adopt(
      SystemCalls system, ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer)
      throws IOException {
    boolean isKept = false;
    try {
      return call.socket.ifConnecting(new TakeOver(system, call, winner, blocking, peer));
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
      SystemCalls system, ConnectCall call, SideAttempt winner, boolean blocking, InetAddress peer)
      throws IOException {
    // All that may fail comes before dup2: once that is done, so is the rest.
    InetSocketAddress remote = new InetSocketAddress(peer, call.port);
    String lost = winner.carryChangedOptions();
    if (lost != null) {
      throw new NotCarriedException(lost);
    }
    if (blocking || winner.isBlocking()) {
      system.configureBlocking(winner.descriptor(), blocking);
    }
    call.socket.setRemote(remote);
    try {
      system.duplicate(winner.descriptor(), call.socket.descriptor());
    } catch (IOException | RuntimeException | Error e) {
      call.socket.setRemote(call.remote());
      throw e;
    }
  }

  /** Ends a connect of the program's own descriptor that is pending: who polls it comes to ask. */
  static void giveUp(SystemCalls system, ConnectCall call) throws IOException {
    call.socket.ifConnecting(() -> system.endConnect(call.socket.descriptor()));
  }

  /**
   * Tells the program's socket, connected itself to this address, its peer.
   *
   * @return false if the socket was closed meanwhile
   */
  static boolean tell(ConnectCall call, InetAddress address) {
    return call.socket.setRemote(new InetSocketAddress(address, call.port));
  }
}
