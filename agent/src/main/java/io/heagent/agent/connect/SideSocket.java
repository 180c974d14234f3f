package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.channels.SocketChannel;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/**
 * The channel of a side attempt, like the program's socket as that was when this was opened. It
 * belongs to its attempt; one made ahead belongs to its race until the attempt takes it.
 */
final class SideSocket {

  final SocketChannel channel;

  private final SocketOptions options;

  private SideSocket(SocketChannel channel, SocketOptions options) {
    this.channel = channel;
    this.options = options;
  }

  /** With the program's options and, where the program bound its own, its address and port. */
  static SideSocket open(ConnectCall call, boolean ipv4Only) throws IOException {
    SocketChannel channel = HeJdk.openChannel(ipv4Only);
    try {
      SocketOptions options = new SocketOptions(call.socket, channel, ipv4Only, isScoped(call));
      options.carryBeforeConnect();
      if (call.localPort != 0) {
        SharedPort.bind(call, channel, HeSocket.descriptor(channel));
      }
      return new SideSocket(channel, options);
    } catch (IOException | RuntimeException | Error e) {
      close(channel);
      throw e;
    }
  }

  /** Whether the program's own is dialled to an address that means something on one link only. */
  private static boolean isScoped(ConnectCall call) {
    return call.remote != null
        && call.remote.getAddress() instanceof Inet6Address address
        && address.getScopeId() != 0;
  }

  /** As {@link #open}, non-blocking. */
  static SideSocket openNonBlocking(ConnectCall call, boolean ipv4Only) throws IOException {
    SideSocket socket = open(call, ipv4Only);
    try {
      socket.channel.configureBlocking(false);
      return socket;
    } catch (IOException | RuntimeException | Error e) {
      socket.close();
      throw e;
    }
  }

  /** Its descriptor's. */
  int number() {
    return HeJdk.number(HeSocket.descriptor(channel));
  }

  /** As {@link SocketOptions#carryChanged}. */
  String carryChangedOptions() {
    return options.carryChanged();
  }

  /** Idempotent. */
  void close() {
    close(channel);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // close(2) has given the descriptor back in any case (Linux), and the connection is unused.
      Faults.ignored(e);
    }
  }
}
