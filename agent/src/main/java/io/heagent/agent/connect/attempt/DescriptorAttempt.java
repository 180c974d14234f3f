package io.heagent.agent.connect.attempt;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;

/** The attempt at one address on one descriptor. */
public abstract class DescriptorAttempt {

  public final InetAddress address;

  public DescriptorAttempt(InetAddress address) {
    this.address = address;
  }

  /** Begins to connect. If the network or the system refuses at once, this throws the failure. */
  public abstract void start() throws IOException;

  /** Whether the attempt is connected by now; throws the failure if it has failed. Never waits. */
  public abstract boolean isConnected() throws IOException;

  public abstract FileDescriptor descriptor();

  /** Whether the attempt's descriptor can be polled for the outcome. */
  public abstract boolean isPollable();

  /** Ends the attempt and closes what it owns. A second call does nothing. */
  public abstract void close();
}
