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
 * The program's socket while it connects: all that the agent reads and writes of it. The program
 * owns it and may close it at any time, on any thread, so each answer is of this moment only, but
 * in {@link #ifConnecting}. Any thread.
 */
public interface ProgramSocket {

  /** What is done to a socket that is still connecting. */
  public interface Step {
    void run() throws IOException;
  }

  SocketKind kind();

  /** Whether it is not closed, nor being closed. */
  boolean isOpen();

  /** Whether its connect is still under way: neither done nor closed. */
  boolean isConnecting();

  /** Whether its descriptor can reach IPv4 addresses only. */
  boolean isIpv4Only();

  /** Whether the program's connect returns before there is an outcome. */
  boolean isNonBlocking();

  /**
   * Whether the JDK has the descriptor of a blocking connect in blocking mode, and expects to find
   * it so afterwards. It has not where a timeout or a virtual thread made it non-blocking.
   */
  boolean hasBlockingDescriptor();

  FileDescriptor descriptor();

  /** Whether the program has bound it. */
  boolean isBound();

  /** The address that it is bound to, by a system call. */
  InetSocketAddress localAddress() throws IOException;

  /**
   * One option's value.
   *
   * @throws IOException if it is closed
   * @throws UnsupportedOperationException if sockets of this kind do not have the option
   */
  <T> T option(SocketOption<T> option) throws IOException;

  /**
   * Writes the peer that it is, or will be, connected to.
   *
   * @return false if it was closed, or connected, already: nothing is done
   */
  boolean setRemote(InetSocketAddress remote);

  /**
   * Does something while its connect is under way, and nobody can close it meanwhile. Takes the
   * JDK's own lock on it; the step must not wait and must take no lock of ours.
   *
   * @return false if it was closed, or connected, already: nothing is done
   */
  boolean ifConnecting(Step step) throws IOException;

  /**
   * Begins to connect its descriptor, which does not block.
   *
   * @param fd its descriptor, as the native connect of the JDK was given it
   * @return whether it is connected already
   */
  boolean dial(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException;

  /** Whether what was dialled is connected; throws why it never will be. Never waits. */
  boolean isDialled(FileDescriptor fd) throws IOException;

  /**
   * Puts another connection under the number of its descriptor: dup2(2). Only in {@link
   * #ifConnecting}.
   *
   * @param winner the descriptor of that connection, which stays open
   * @throws IOException if that is not possible; the socket's own descriptor is as it was
   */
  void replaceBy(FileDescriptor winner) throws IOException;

  /** The keys of a channel, in whatever selectors. */
  List<SelectionKey> keys();

  /** Has the group of an asynchronous channel ask once for the outcome of the connect. */
  void pollAsync();

  /**
   * Has a step run that may end the race with a side's connection, on the one thread that may put
   * that under the descriptor. Called under the monitor of the race, which the step takes itself.
   *
   * @return false where that may be any thread; nothing is done then
   */
  default boolean isDecidedOnItsThread(Runnable end) {
    return false;
  }
}
