package io.heagent.agent.connect.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;

/**
 * A socket of the agent that dials a sibling. It has the options that the program's socket had when
 * this one was opened. Its attempt owns it; a socket that was made ahead belongs to its race until
 * the attempt takes it. One thread at a time may use it.
 */
public interface FallbackSocket {

  /**
   * Starts a connect, or connects if the socket is blocking.
   *
   * @return whether it is connected
   */
  boolean connect(InetSocketAddress to) throws IOException;

  /** Whether a non-blocking connect has succeeded. */
  boolean finishConnect() throws IOException;

  /** Connects a blocking socket, which may have started to connect while it was non-blocking. */
  void awaitConnect(InetSocketAddress to) throws IOException;

  /** Whether the system has connected the socket. It does not ask for the local address. */
  boolean isConnected() throws IOException;

  void configureBlocking(boolean block) throws IOException;

  boolean isBlocking();

  boolean isOpen();

  FileDescriptor descriptor();

  /** The number of the socket's descriptor. */
  int number();

  /** The channel that a selector can watch. */
  SelectableChannel channel();

  /** As {@link OptionTransfer#carryChanged}. */
  String carryChangedOptions();

  /** Closes the socket. Idempotent. */
  void close();
}
