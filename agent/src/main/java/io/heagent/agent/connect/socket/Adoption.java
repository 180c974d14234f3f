package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ProgramSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Makes the address and connection that won those of the program's own socket. */
public final class Adoption {

  private Adoption() {}

  /** The winner could not be given an option of the program's socket; nothing else was done. */
  public static final class NotCarriedException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotCarriedException(String option) {
      super(
          option + " could not be given to the connection that won; its address is dialled again");
    }
  }

  /** A class, as the first race of a JVM waits for it: a lambda is made at run time. */
  private record TakeOver(
      SystemCalls system,
      ProgramSocket socket,
      FallbackSocket winner,
      boolean blocking,
      InetSocketAddress peer,
      InetSocketAddress dialled)
      implements ProgramSocket.Step {

    @Override
    public void run() throws IOException {
      // All that may fail comes before the duplicate: once that is made, so is the rest.
      String lost = winner.carryChangedOptions();
      if (lost != null) {
        throw new NotCarriedException(lost);
      }
      if (blocking || winner.isBlocking()) {
        system.configureBlocking(winner.descriptor(), blocking);
      }
      socket.setRemote(peer);
      try {
        socket.replaceBy(winner.descriptor());
      } catch (IOException | RuntimeException | Error e) {
        socket.setRemote(dialled);
        throw e;
      }
    }
  }

  /**
   * Puts the winner's connection under the program's descriptor number. The winner is to be closed
   * afterwards, unless it lacks an option: its description lives on under the program's number.
   *
   * @param blocking the mode that the program's descriptor had when the JDK came to connect it
   * @param peer the winner's address, as the program is to be told it
   * @param dialled what the JDK has dialled, as the program is told it where this fails
   * @return false if the socket was closed meanwhile
   * @throws NotCarriedException if the winner lacks an option; nothing is done
   * @throws IOException if the descriptor could not be duplicated; the program's is as it was
   */
  public static boolean adopt(
      SystemCalls system,
      ProgramSocket socket,
      FallbackSocket winner,
      boolean blocking,
      InetSocketAddress peer,
      InetSocketAddress dialled)
      throws IOException {
    return socket.ifConnecting(new TakeOver(system, socket, winner, blocking, peer, dialled));
  }
}
