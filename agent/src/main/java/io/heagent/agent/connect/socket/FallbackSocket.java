package io.heagent.agent.connect.socket;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;

/**
 * A socket that dials a sibling, like the program's as that was when this was opened. It belongs to
 * its attempt; one made ahead belongs to its race until the attempt takes it. One thread at a time.
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
