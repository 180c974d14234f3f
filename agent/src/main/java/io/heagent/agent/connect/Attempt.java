package io.heagent.agent.connect;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;

/** One address being dialled on one descriptor. */
public abstract class Attempt {

  final InetAddress address;

  public Attempt(InetAddress address) {
    this.address = address;
  }

  /** Begins to connect. May already throw what the network or the system has against it. */
  abstract void start() throws IOException;

  /** Whether it is connected by now; throws why it never will be. Never waits. */
  abstract boolean isConnected() throws IOException;

  abstract FileDescriptor descriptor();

  /** Whether its descriptor can be polled for the outcome. */
  abstract boolean isPollable();

  /** Gives up the attempt and what it holds. Idempotent. */
  abstract void close();
}
