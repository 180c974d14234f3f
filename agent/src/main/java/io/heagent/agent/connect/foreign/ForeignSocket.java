package io.heagent.agent.connect.foreign;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;

/**
 * What a race asks of a non-blocking channel of a library that makes its own system calls instead
 * of using the JDK's sockets. The library's event loop asks {@link ForeignConnect} for the outcome.
 * Any thread may call these methods.
 */
public interface ForeignSocket {

  /** A step that throws what system calls throw. */
  interface Step {
    void run() throws IOException;
  }

  /** The descriptor. Nobody closes it through this object. */
  FileDescriptor descriptor();

  /** Whether the channel is neither closed nor being closed. */
  boolean isOpen();

  /** Whether the channel is open, and the library has no outcome of its connect yet. */
  boolean isConnecting();

  /** Whether the descriptor can reach IPv4 addresses only. */
  boolean isIpv4Only();

  /** The value of one option. */
  <T> T option(SocketOption<T> option) throws IOException;

  /** The address that the channel is bound to, which a system call tells. */
  InetSocketAddress localAddress() throws IOException;

  /**
   * Runs a step while {@link #isConnecting} holds, and keeps the descriptor from being closed
   * meanwhile.
   *
   * @return false if the descriptor was closed already, so that the step did not run
   */
  boolean ifConnecting(Step step) throws IOException;

  /**
   * Whether the library itself has dialled the requested address already, as it does where its
   * first bytes go with the SYN. Then no other address can be dialled on the descriptor.
   */
  boolean isBegun() throws IOException;

  /**
   * Dials an address by the library's own system call.
   *
   * @return whether it is connected already
   */
  boolean dial(InetAddress address, int port) throws IOException;

  /**
   * Whether the descriptor is connected. If the connect has failed, it throws the library's
   * exception.
   */
  boolean isDialled() throws IOException;

  /**
   * Puts a connection under the descriptor's number, and has the library's event loop watch it.
   * Only called inside {@link #ifConnecting} and {@link #onOwnThread}.
   */
  void replaceBy(FileDescriptor winner) throws IOException;

  /** Has the event loop ask for the outcome. May be called under the monitor of a race. */
  void askForOutcome();

  /**
   * Runs a task on the event loop, later: no other thread can be certain that no event of the
   * descriptor is being handled. May be called under the monitor of a race.
   */
  void onOwnThread(Runnable task);
}
