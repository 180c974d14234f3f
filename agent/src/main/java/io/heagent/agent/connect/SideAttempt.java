package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/** An attempt on a channel of its own, non-blocking and polled by the racing thread. */
class SideAttempt extends Attempt {

  private final ConnectCall call;
  private final boolean ipv4Only;

  /** Opened by start or made ahead, closed by close; owned by nobody else at any time. */
  private SideSocket socket;

  /** Given back by close. */
  private final AttemptLimiter.Permit permit;

  private boolean closed;

  SideAttempt(
      ConnectCall call, InetAddress address, boolean ipv4Only, AttemptLimiter.Permit permit) {
    this(call, address, ipv4Only, permit, null);
  }

  /**
   * With a channel, non-blocking, that was made ahead.
   *
   * @param socket null for none
   */
  SideAttempt(
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit,
      SideSocket socket) {
    super(address);
    this.call = call;
    this.ipv4Only = ipv4Only;
    this.permit = permit;
    this.socket = socket;
  }

  @Override
  void start() throws IOException {
    if (socket == null) {
      socket = SideSocket.openNonBlocking(call, ipv4Only);
    }
    socket.channel.connect(nameless());
  }

  /** A new channel, blocking. */
  final SocketChannel open() throws IOException {
    socket = SideSocket.open(call, ipv4Only);
    return socket.channel;
  }

  /** The address without its name: literals are left alone by our own hooks. */
  final InetSocketAddress nameless() throws IOException {
    return new InetSocketAddress(Nameless.of(address), call.port);
  }

  @Override
  boolean isConnected() throws IOException {
    // Not finishConnect: nobody but the winner's new owner needs the local address, which costs two
    // system calls; and a channel that does not count as connected is never shut down by close.
    return HeJdk.pollConnectNow(descriptor());
  }

  /** Whether its descriptor is in this mode. */
  final boolean isBlocking() {
    return socket.channel.isBlocking();
  }

  /** As {@link SocketOptions#carryChanged}. */
  final String carryChangedOptions() {
    return socket.carryChangedOptions();
  }

  final SocketChannel channel() {
    return socket.channel;
  }

  @Override
  final FileDescriptor descriptor() {
    return HeSocket.descriptor(socket.channel);
  }

  @Override
  boolean isPollable() {
    return socket.channel.isOpen();
  }

  /** Idempotent; throws nothing. */
  @Override
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (RuntimeException | Error unexpected) {
      // Who closes has others to close, or a connection to hand over.
      Faults.unexpected(unexpected);
    }
    try {
      Coordination.LIMITER.giveBack(permit);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
