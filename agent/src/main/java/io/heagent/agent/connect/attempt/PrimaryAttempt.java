package io.heagent.agent.connect.attempt;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;

/** The attempt on the program's own descriptor, which is non-blocking. It never closes it. */
public final class PrimaryAttempt extends DescriptorAttempt {

  private final ConnectRequest request;
  private final ProtocolFamily family;
  private final FileDescriptor fd;

  private boolean connected;
  private boolean failed;
  private boolean over;

  public PrimaryAttempt(
      ConnectRequest request, ProtocolFamily family, FileDescriptor fd, InetAddress address) {
    super(address);
    this.request = request;
    this.family = family;
    this.fd = fd;
  }

  /**
   * An attempt that was begun without this object, as most are that answer at once.
   *
   * @param failed whether the system has told its failure
   */
  public static PrimaryAttempt begun(
      ConnectRequest request,
      ProtocolFamily family,
      FileDescriptor fd,
      InetAddress address,
      boolean failed) {
    PrimaryAttempt attempt = new PrimaryAttempt(request, family, fd, address);
    attempt.failed = failed;
    attempt.over = failed;
    return attempt;
  }

  @Override
  public void start() throws IOException {
    try {
      connected = request.socket().dial(family, fd, address, request.port());
    } catch (IOException e) {
      failed = true;
      over = true;
      throw e;
    }
  }

  @Override
  public boolean isConnected() throws IOException {
    try {
      connected = connected || request.socket().isDialled(fd);
      return connected;
    } catch (IOException e) {
      failed = true;
      over = true;
      throw e;
    }
  }

  /**
   * Whether the attempt is connected by now. If it has failed, {@link #hasEnded} is true
   * afterwards.
   */
  public boolean isConnectedByNow() {
    try {
      return !failed && isConnected();
    } catch (IOException e) {
      Faults.ignored(e);
      return false;
    }
  }

  @Override
  public FileDescriptor descriptor() {
    return fd;
  }

  @Override
  public boolean isPollable() {
    // A descriptor that has failed would report POLLHUP for ever.
    return !over;
  }

  /** Whether the system has told the outcome of the attempt. */
  public boolean hasEnded() {
    return connected || failed;
  }

  @Override
  public void close() {
    over = true;
  }
}
