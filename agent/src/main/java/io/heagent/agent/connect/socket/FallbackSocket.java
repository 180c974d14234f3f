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

  /** Begins to connect, or connects, as its mode is. True if it is connected. */
  boolean connect(InetSocketAddress to) throws IOException;

  /** Whether a non-blocking connect is through. */
  boolean finishConnect() throws IOException;

  /** Connects a blocking one, which may have begun to connect before it was blocking. */
  void awaitConnect(InetSocketAddress to) throws IOException;

  /** Whether the system has connected it, and nothing but that: no local address is asked for. */
  boolean isConnected() throws IOException;

  void configureBlocking(boolean block) throws IOException;

  boolean isBlocking();

  boolean isOpen();

  FileDescriptor descriptor();

  /** Its descriptor's. */
  int number();

  /** What a selector can watch. */
  SelectableChannel channel();

  /** As {@link OptionTransfer#carryChanged}. */
  String carryChangedOptions();

  /** Idempotent. */
  void close();
}
