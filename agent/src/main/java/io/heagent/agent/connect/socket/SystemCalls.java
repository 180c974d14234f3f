package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ConnectRequest;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What races ask of the system: operations on a descriptor, waits of the calling thread, and the
 * time. It carries out and decides nothing, so that tests can replace it by a simulated network
 * with its own time. Any thread.
 */
public interface SystemCalls {

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /**
   * Sets the blocking mode of the open file description, which duplicates of the descriptor share.
   */
  void configureBlocking(FileDescriptor fd, boolean block) throws IOException;

  /** Ends a pending connect, so that a thread that polls the descriptor sees a hang-up. */
  void endConnect(FileDescriptor fd) throws IOException;

  /** Whether {@link #disconnect} can take back a pending connect. */
  boolean canDisconnect();

  /** Takes back a connect, so that the descriptor can be connected again. */
  void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException;

  /** Resets an IPv6 descriptor after a connect to an IPv4 address was taken back. */
  void forgetIpv4(FileDescriptor fd) throws IOException;

  /**
   * Opens a socket beside the program's that has all the options of the program's socket that
   * matter before a connect.
   *
   * @param dialled the address that the program's own socket is connecting to
   */
  FallbackSocket open(
      ConnectRequest request, InetAddress dialled, boolean ipv4Only, boolean blocking)
      throws IOException;

  /** Whether the calling thread is a virtual thread. */
  boolean isVirtualThread();

  /**
   * Whether the hook makes a new stack trace, without frames of the agent, for an exception that it
   * throws for a race. If not, the agent removes its frames before it gives the hook an exception.
   */
  boolean isTraceMadeAnew();

  /** Starts a virtual thread. Only a virtual thread may call it. */
  void startVirtualThread(Runnable task) throws IOException;

  /**
   * Waits until a descriptor is writable. It may return early for no reason.
   *
   * @param millis how long it waits at most; -1 for no limit
   */
  void poll(FileDescriptor fd, long millis) throws IOException;

  /** As {@link #poll(FileDescriptor, long)}, for several descriptors or for none. */
  void poll(List<FileDescriptor> fds, int millis) throws IOException;

  /**
   * Parks a virtual thread until the descriptor is writable or the thread is unparked. It may
   * return early for no reason.
   *
   * @param nanos how long it waits at most; 0 for no limit
   * @param isOpen asked before the thread parks; if it returns false the thread does not park
   */
  void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen) throws IOException;

  /**
   * Parks the calling thread until it is unparked or interrupted. It may return early for no
   * reason.
   *
   * @param blocker the object that a thread dump shows as the one waited for
   */
  void park(Object blocker, long nanos);

  /**
   * Ends the {@link #park} or {@link #parkVirtual} of a thread, or its next one if it is not
   * parked.
   */
  void unpark(Thread thread);
}
