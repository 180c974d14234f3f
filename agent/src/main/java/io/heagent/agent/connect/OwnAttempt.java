package io.heagent.agent.connect;

import io.heagent.agent.connect.socket.SystemCalls;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;

/** The attempt that rides on the program's own (non-blocking) descriptor, which it never closes. */
final class OwnAttempt extends Attempt {

  private final SystemCalls system;
  private final ProtocolFamily family;
  private final FileDescriptor fd;
  private final int port;

  private boolean connected;
  private boolean failed;
  private boolean over;

  OwnAttempt(
      SystemCalls system, ProtocolFamily family, FileDescriptor fd, InetAddress address, int port) {
    super(address);
    this.system = system;
    this.family = family;
    this.fd = fd;
    this.port = port;
  }

  @Override
  void start() throws IOException {
    try {
      connected = system.connect(family, fd, address, port);
    } catch (IOException e) {
      failed = true;
      over = true;
      throw e;
    }
  }

  @Override
  boolean isConnected() throws IOException {
    try {
      connected = connected || system.isConnected(fd);
      return connected;
    } catch (IOException e) {
      failed = true;
      over = true;
      throw e;
    }
  }

  /** Whether it is connected; where it has turned out to have failed, {@link #hasEnded} says so. */
  boolean isConnectedByNow() {
    try {
      return !failed && isConnected();
    } catch (IOException e) {
      Faults.ignored(e);
      return false;
    }
  }

  @Override
  FileDescriptor descriptor() {
    return fd;
  }

  @Override
  boolean isPollable() {
    // A descriptor that has failed would report POLLHUP for ever.
    return !over;
  }

  /** Whether the system has said what became of it. */
  boolean hasEnded() {
    return connected || failed;
  }

  @Override
  void close() {
    over = true;
  }
}
