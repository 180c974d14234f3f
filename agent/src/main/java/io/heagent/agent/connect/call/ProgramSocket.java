package io.heagent.agent.connect.call;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketOption;
import java.nio.channels.SelectionKey;
import java.util.List;

/**
 * The program's socket while it connects: everything that the agent reads and writes of it. The
 * program owns the socket and may close it at any time on any thread, so an answer holds only for
 * the moment at which it is given, except inside {@link #ifConnecting}. Any thread.
 */
public interface ProgramSocket {

  /** A step that runs on a socket that is still connecting. */
  public interface Step {
    void run() throws IOException;
  }

  SocketKind kind();

  /** Whether the socket is neither closed nor being closed. */
  boolean isOpen();

  /** Whether the socket's connect is still under way: it has no outcome, and the socket is open. */
  boolean isConnecting();

  /** Whether the descriptor can reach IPv4 addresses only. */
  boolean isIpv4Only();

  /** Whether the program's connect returns before there is an outcome. */
  boolean isNonBlocking();

  /**
   * Whether the descriptor of a blocking connect is in blocking mode, so that the JDK expects it to
   * be so afterwards. It is not if a timeout or a virtual thread had the JDK make it non-blocking.
   */
  boolean hasBlockingDescriptor();

  FileDescriptor descriptor();

  /** Whether the program has bound the socket. */
  boolean isBound();

  /** The address that the socket is bound to, which a system call tells. */
  InetSocketAddress localAddress() throws IOException;

  /**
   * The value of one option.
   *
   * @throws IOException if the socket is closed
   * @throws UnsupportedOperationException if sockets of this kind do not have the option
   */
  <T> T option(SocketOption<T> option) throws IOException;

  /**
   * Sets the remote address of the socket.
   *
   * @return false if the socket was closed or connected already; then nothing is done
   */
  boolean setRemote(InetSocketAddress remote);

  /** Does the same; a socket that keeps no more than the address takes it as it is. */
  default boolean setRemote(InetAddress address, int port) {
    return setRemote(new InetSocketAddress(address, port));
  }

  /**
   * Runs a step while the socket's connect is under way, and keeps the socket from being closed
   * meanwhile. It takes the JDK's own lock on the socket; the step must not wait, and must take no
   * lock of the agent.
   *
   * @return false if the socket was closed or connected already; then the step does not run
   */
  boolean ifConnecting(Step step) throws IOException;

  /**
   * Begins to connect the socket's descriptor, which is non-blocking.
   *
   * @param fd the descriptor that the JDK's native connect was given
   * @return whether it is connected already
   */
  boolean dial(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException;

  /**
   * Whether the descriptor is connected. If the connect has failed, it throws the failure. It never
   * waits.
   */
  boolean isDialled(FileDescriptor fd) throws IOException;

  /**
   * Puts another connection under the number of the socket's descriptor by dup2(2). Only called
   * inside {@link #ifConnecting}.
   *
   * @param winner the descriptor of that connection, which stays open
   * @throws IOException if that is not possible; the socket's own descriptor is as it was
   */
  void replaceBy(FileDescriptor winner) throws IOException;

  /** The selection keys of a channel, in all selectors. */
  List<SelectionKey> keys();

  /** Has the group of an asynchronous channel ask once for the outcome of the connect. */
  void pollAsync();

  /**
   * Runs a step that may end the race with a winner, on the one thread that may replace the
   * descriptor. The caller holds the monitor of the race; the step takes that monitor itself.
   *
   * @return false if any thread may replace the descriptor; then the step does not run
   */
  default boolean isDecidedOnItsThread(Runnable end) {
    return false;
  }
}
