package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ProgramSocket;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Makes a winner's connection the connection of the program's own socket. */
public final class Adoption {

  private Adoption() {}

  /** The winner could not be given an option of the program's socket. Nothing else was done. */
  public static final class NotCarriedException extends IOException {

    private static final long serialVersionUID = 1L;

    public NotCarriedException(String option) {
      super(
          option + " could not be given to the connection that won; its address is dialled again");
    }
  }

  /**
   * A class and not a lambda: a lambda is made at run time, and a JVM's first race would wait for
   * that.
   */
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
      // Every step that may fail comes before the duplicate, because the duplicate cannot be
      // undone.
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
   * Puts the winner's connection under the program's descriptor number. Afterwards the caller
   * closes the winner's own descriptor, unless the winner lacks an option; the open file
   * description lives on under the program's number.
   *
   * @param blocking the mode that the program's descriptor had when the JDK began to connect it
   * @param peer the winner's address in the form that the program gets
   * @param dialled the address that the JDK has dialled, which the program gets again if this fails
   * @return false if the program has closed the socket meanwhile
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
