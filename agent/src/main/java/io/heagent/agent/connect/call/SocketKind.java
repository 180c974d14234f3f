package io.heagent.agent.connect.call;

/** By which API of the JDK the program connects. */
public enum SocketKind {
  /** {@code Socket.connect} and everything built on it. */
  SOCKET,
  /** {@code SocketChannel.connect}. */
  CHANNEL,
  /** {@code channel.socket().connect(address, timeout)}: a channel that behaves as a socket. */
  ADAPTOR,
  /** {@code AsynchronousSocketChannel.connect}. */
  ASYNC
}
