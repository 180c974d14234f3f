package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.socket.SharedPort;
import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Handles the connection of a sibling that cannot become the program's, because {@code
 * adoption=redial} applies or because it lacks an option: the connection is closed, and its address
 * is dialled on the program's own descriptor. If a pending connect on that descriptor cannot be
 * taken back, nothing is done.
 */
public final class Redial {

  /** The results of {@link #dial}. */
  public enum Result {
    /** The winner's address is being dialled on the program's descriptor. */
    DIALLED,
    /** The program has closed its socket. */
    CLOSED,
    /** The dial was not possible, and the program's descriptor is as it was. */
    STUCK
  }

  private Redial() {}

  /**
   * Closes the winner and dials its address.
   *
   * @param former the attempt on the program's descriptor so far; null if there was none
   * @param next the new attempt on it
   * @param peer the winner's address, which the program's socket shows as its peer while the dial
   *     is pending; null if that is written at the end
   * @throws IOException the failure of the new attempt
   */
  public static Result dial(
      SystemCalls system,
      ConnectCall call,
      FallbackAttempt winner,
      PrimaryAttempt former,
      PrimaryAttempt next,
      InetAddress peer)
      throws IOException {
    boolean[] stuck = {false};
    try {
      boolean open =
          call.request
              .socket()
              .ifConnecting(
                  () -> {
                    stuck[0] = !takeBack(system, call, former);
                    if (!stuck[0]) {
                      swap(system, call, winner, former, peer);
                      next.start();
                    }
                  });
      return stuck[0] ? Result.STUCK : open ? Result.DIALLED : Result.CLOSED;
    } finally {
      winner.close();
    }
  }

  private static boolean takeBack(SystemCalls system, ConnectCall call, PrimaryAttempt former) {
    if (former == null) {
      return true;
    }
    try {
      if (system.canDisconnect()) {
        system.disconnect(former.descriptor(), call.request.socket().isIpv4Only());
        return true;
      }
    } catch (IOException e) {
      Faults.ignored(e);
    }
    // On some platforms a descriptor whose connect has failed can be connected again.
    return former.hasEnded();
  }

  private static void swap(
      SystemCalls system,
      ConnectCall call,
      FallbackAttempt winner,
      PrimaryAttempt former,
      InetAddress peer)
      throws IOException {
    FileDescriptor own = call.request.socket().descriptor();
    // The program may have made its channel blocking meanwhile; finishConnect sets the mode again.
    system.configureBlocking(own, false);
    if (system.canDisconnect()
        && former != null
        && former.address instanceof Inet4Address
        && winner.address instanceof Inet6Address) {
      system.forgetIpv4(own);
    }
    if (call.request.localPort() != 0) {
      if (former != null) {
        // Taking the connect back has freed the port. The winner, which is bound to it too, has
        // kept other sockets from taking it.
        SharedPort.bind(call.request, winner.descriptor(), own);
      }
      // Resets the winner at once: two connections with the same two ends cannot exist at the same
      // time.
      system.disconnect(winner.descriptor(), call.request.socket().isIpv4Only());
    }
    winner.close();
    if (peer != null) {
      call.request.socket().setRemote(new InetSocketAddress(peer, call.request.port()));
    }
  }
}
