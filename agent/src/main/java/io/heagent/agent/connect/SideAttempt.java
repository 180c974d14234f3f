package io.heagent.agent.connect;

import io.heagent.agent.log.Faults;
import io.heagent.engine.coordination.AttemptLimiter;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;

/** An attempt on a socket of its own. */
class SideAttempt extends Attempt {

  private final RaceEnvironment environment;
  private final ConnectCall call;
  private final boolean ipv4Only;

  /** Opened by start or made ahead, closed by close; owned by nobody else at any time. */
  private SideSocket socket;

  /** Given back by close. */
  private final AttemptLimiter.Permit permit;

  private boolean closed;

  SideAttempt(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit) {
    this(environment, call, address, ipv4Only, permit, null);
  }

  /**
   * With a socket, non-blocking, that was made ahead.
   *
   * @param socket null for none
   */
  SideAttempt(
      RaceEnvironment environment,
      ConnectCall call,
      InetAddress address,
      boolean ipv4Only,
      AttemptLimiter.Permit permit,
      SideSocket socket) {
    super(address);
    this.environment = environment;
    this.call = call;
    this.ipv4Only = ipv4Only;
    this.permit = permit;
    this.socket = socket;
  }

  @Override
  void start() throws IOException {
    if (socket == null) {
      socket = environment.system().open(call, ipv4Only, false);
    }
    socket.connect(nameless());
  }

  /** A new one, blocking. */
  final SideSocket open() throws IOException {
    socket = environment.system().open(call, ipv4Only, true);
    return socket;
  }

  /** The address without its name: literals are left alone by our own hooks. */
  final InetSocketAddress nameless() throws IOException {
    return new InetSocketAddress(Nameless.of(address), call.port);
  }

  @Override
  boolean isConnected() throws IOException {
    return socket.isConnected();
  }

  /** Whether its descriptor is in this mode. */
  final boolean isBlocking() {
    return socket.isBlocking();
  }

  /** As {@link SocketOptions#carryChanged}. */
  final String carryChangedOptions() {
    return socket.carryChangedOptions();
  }

  /** What a selector can watch. */
  final SelectableChannel channel() {
    return socket.channel();
  }

  @Override
  final FileDescriptor descriptor() {
    return socket.descriptor();
  }

  @Override
  boolean isPollable() {
    return socket.isOpen();
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
      environment.limiter().giveBack(permit);
    } catch (RuntimeException | Error unexpected) {
      Faults.unexpected(unexpected);
    }
  }
}
