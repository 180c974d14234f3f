package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ConnectRequest;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What races ask of the system: to do something to a descriptor, to let the calling thread wait, to
 * tell the time. It carries out and decides nothing, so that tests can put a network of their own
 * in its place, in which time passes as they say. Any thread.
 */
public interface SystemCalls {

  /** {@link System#nanoTime}. */
  long nanoTime();

  /** Sets the mode of the open file description, which a duplicate shares. */
  void configureBlocking(FileDescriptor fd, boolean block) throws IOException;

  /** Ends a connect that is pending: who polls the descriptor sees a hang-up. */
  void endConnect(FileDescriptor fd) throws IOException;

  /** Whether {@link #disconnect} can take back a connect that is pending. */
  boolean canDisconnect();

  /** Takes back a connect, so that the descriptor can be connected anew. */
  void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException;

  /** Has an IPv6 descriptor forget that its connect that was taken back was to IPv4. */
  void forgetIpv4(FileDescriptor fd) throws IOException;

  /**
   * A socket beside the program's, like that in all that matters before a connect.
   *
   * @param dialled what the program's own is being connected to
   */
  FallbackSocket open(
      ConnectRequest request, InetAddress dialled, boolean ipv4Only, boolean blocking)
      throws IOException;

  /** Whether the calling thread is a virtual one. */
  boolean isVirtualThread();

  /**
   * Whether an exception that the hook throws for a race has its stack trace made anew there, where
   * none of our frames are in it; else what is given to the hook is to be free of them.
   */
  boolean isTraceMadeAnew();

  /** Starts a virtual thread. Only on one. */
  void startVirtualThread(Runnable task) throws IOException;

  /**
   * Waits until a descriptor is writable, or for no reason.
   *
   * @param millis how long at most; -1 for any time
   */
  void poll(FileDescriptor fd, long millis) throws IOException;

  /** As {@link #poll(FileDescriptor, long)}, for several descriptors or for none. */
  void poll(List<FileDescriptor> fds, int millis) throws IOException;

  /**
   * Parks a virtual thread until the descriptor is writable, an unpark, or for no reason.
   *
   * @param nanos how long at most; 0 for any time
   * @param isOpen asked before it parks; false keeps it from parking
   */
  void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen) throws IOException;

  /**
   * Parks the calling thread until an unpark, an interrupt, or for no reason.
   *
   * @param blocker what a thread dump says it waits for
   */
  void park(Object blocker, long nanos);

  /** Ends the {@link #park} or {@link #parkVirtual} of a thread, or its next one. */
  void unpark(Thread thread);
}
