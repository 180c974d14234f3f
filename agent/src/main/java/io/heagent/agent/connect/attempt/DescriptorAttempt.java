package io.heagent.agent.connect.attempt;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;

/** One address being dialled on one descriptor. */
public abstract class DescriptorAttempt {

  public final InetAddress address;

  public DescriptorAttempt(InetAddress address) {
    this.address = address;
  }

  /** Begins to connect. May already throw what the network or the system has against it. */
  public abstract void start() throws IOException;

  /** Whether it is connected by now; throws why it never will be. Never waits. */
  public abstract boolean isConnected() throws IOException;

  public abstract FileDescriptor descriptor();

  /** Whether its descriptor can be polled for the outcome. */
  public abstract boolean isPollable();

  /** Gives up the attempt and what it holds. Idempotent. */
  public abstract void close();
}
