package io.heagent.agent.netty.channel;

import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.channels.ConnectionPendingException;
import sun.nio.ch.HeEpoll;

/**
 * The connect on a channel's own descriptor: Netty's own methods make it and tell its outcome.
 * Guarded by the monitor of the race, unless stated otherwise.
 */
public final class OwnConnect {

  /** What poll(2) says on Linux of a descriptor that has an error to tell. */
  private static final int POLLERR = 8;

  private final NettyMethods methods;
  private final Object socket;
  private final FileDescriptor descriptor;

  private boolean dialled;
  private boolean dialledAgain;

  /** Any thread reads it. */
  private volatile IOException failure;

  /**
   * The thread that calls Netty's own methods for the race, so that woven code on it must not call
   * the race again. Any thread reads it.
   */
  private volatile Thread asking;

  public OwnConnect(NettyMethods methods, Object socket, FileDescriptor descriptor) {
    this.methods = methods;
    this.socket = socket;
    this.descriptor = descriptor;
  }

  /** Whether this thread calls Netty for the race. Any thread. */
  public boolean isAsking() {
    return asking == Thread.currentThread();
  }

  /**
   * Whether Netty has dialled the descriptor itself before the race does. With TCP Fast Open it
   * sends the first bytes that the program has written, which the system takes for a connect. A new
   * descriptor is hung up and has no error. Only asked before the first dial.
   */
  public boolean isBegun() throws IOException {
    int outcome = HeEpoll.outcome(descriptor);
    return outcome == 0 || outcome == HeEpoll.CONNECTED || (outcome & POLLERR) != 0;
  }

  /** Returns whether it is connected already. */
  public boolean dial(InetSocketAddress to) throws IOException {
    dialledAgain |= dialled;
    dialled = true;
    failure = null;
    asking = Thread.currentThread();
    try {
      return methods.connect(socket, to);
    } catch (IOException e) {
      failure = e;
      throw e;
    } catch (ConnectionPendingException begun) {
      // Netty 4.1.60 throws this where later versions say that the connect is pending.
      return false;
    } finally {
      asking = null;
    }
  }

  /** Whether it is connected. Netty's exception if it has failed. */
  public boolean isConnected() throws IOException {
    int outcome = HeEpoll.outcome(descriptor);
    if (outcome == 0 || outcome == HeEpoll.CONNECTED) {
      // Netty's method would take a connect that has no error yet for one that has succeeded.
      return outcome != 0;
    }
    asking = Thread.currentThread();
    try {
      return methods.finishConnect(socket);
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      asking = null;
    }
  }

  /** Whether the descriptor may have another local address than after the first dial. */
  public boolean isDialledAgain() {
    return dialledAgain;
  }

  /**
   * What Netty alone would have found, for a race that cannot be asked for its outcome. The system
   * tells a failure once only. So if the race has fetched the failure already, Netty would find
   * none and take the descriptor for connected. What Netty throws here is not passed on. Any
   * thread.
   *
   * @return null if the descriptor is connected, or Netty must ask the system itself
   */
  public IOException failure() {
    IOException own = failure;
    try {
      if (methods.isConnected(socket)) {
        return null;
      }
    } catch (IOException | RuntimeException | Error unknown) {
      // If the race has seen no failure, the system has it still, and Netty will be told it.
      Faults.ignored(unknown);
      return own;
    }
    return own == null ? new ConnectException("Connect failed") : own;
  }
}
