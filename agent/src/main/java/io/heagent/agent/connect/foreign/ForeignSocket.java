package io.heagent.agent.connect.foreign;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;

/**
 * A channel that does not block, of a library that has its descriptor past the JDK: what a race
 * asks of it. Its event loop asks {@link ForeignConnect} for the outcome. Any thread.
 */
public interface ForeignSocket {

  /** A step that fails as system calls do. */
  interface Step {
    void run() throws IOException;
  }

  /** The descriptor, which is never closed through this object. */
  FileDescriptor descriptor();

  /** Whether it is neither closed nor being closed. */
  boolean isOpen();

  /** Whether its connect has no outcome yet, as far as the library knows, and it is open. */
  boolean isConnecting();

  /** Whether it can reach IPv4 addresses only. */
  boolean isIpv4Only();

  /** One option's value. */
  <T> T option(SocketOption<T> option) throws IOException;

  /** The address that it is bound to, by a system call. */
  InetSocketAddress localAddress() throws IOException;

  /**
   * Does something while {@link #isConnecting} holds and nobody can close the descriptor.
   *
   * @return false if it was closed already: nothing is done
   */
  boolean ifConnecting(Step step) throws IOException;

  /**
   * Dials, by the library's own means.
   *
   * @return whether it is connected already
   */
  boolean dial(InetAddress address, int port) throws IOException;

  /** Whether the dial is through; throws why it never will be, in the library's words. */
  boolean isDialled() throws IOException;

  /**
   * Puts a connection under the descriptor's number, and has the library's event loop watch that.
   * Only in {@link #ifConnecting} and {@link #onOwnThread}.
   */
  void replaceBy(FileDescriptor winner) throws IOException;

  /** Has the event loop ask for the outcome. May be called under the monitor of a race. */
  void askForOutcome();

  /**
   * Runs something on the event loop, later: the one thread on which nobody is in the midst of an
   * event of the descriptor. May be called under the monitor of a race.
   */
  void onOwnThread(Runnable task);
}
