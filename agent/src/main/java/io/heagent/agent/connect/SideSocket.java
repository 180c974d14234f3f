package io.heagent.agent.connect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.util.Map;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/**
 * The channel of a side attempt, like the program's socket as that was when this was opened. It
 * belongs to its attempt; one made ahead belongs to its race until the attempt takes it.
 */
final class SideSocket {

  final SocketChannel channel;

  private final Object impl;
  private final boolean ipv4Only;

  /** What it has in common with the program's socket. */
  private final Map<SocketOption<?>, Object> options;

  private SideSocket(
      SocketChannel channel, Object impl, boolean ipv4Only, Map<SocketOption<?>, Object> options) {
    this.channel = channel;
    this.impl = impl;
    this.ipv4Only = ipv4Only;
    this.options = options;
  }

  /** With the program's options and, where the program bound its own, its address. */
  static SideSocket open(ConnectCall call, boolean ipv4Only) throws IOException {
    SocketChannel channel = HeJdk.openChannel(ipv4Only);
    try {
      Map<SocketOption<?>, Object> options = SocketOptions.copy(call.impl, channel, ipv4Only);
      if (call.local != null) {
        channel.bind(new InetSocketAddress(call.local, 0));
      }
      return new SideSocket(channel, call.impl, ipv4Only, options);
    } catch (IOException | RuntimeException | Error e) {
      close(channel);
      throw e;
    }
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

  /** Sets what the program has set, and what it has set since this was opened. */
  void carryChangedOptions() {
    SocketOptions.copyChanged(impl, channel, ipv4Only, options);
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
      Failures.ignored(e);
    }
  }
}
