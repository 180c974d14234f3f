package io.heagent.agent.jdk.weaving;

/** Hooks that work together: where one of a group cannot be had, the whole group stays off. */
public enum HookGroup {
  /** Without it nothing can be raced. */
  COMMON("connects are not raced"),
  /** {@code java.net.Socket} and what is built on it. */
  SOCKET("connects of sockets are not raced"),
  /** Blocking {@code SocketChannel}s. */
  CHANNEL("connects of socket channels are not raced"),
  /** Non-blocking {@code SocketChannel}s; needs {@link #CHANNEL}. */
  SELECT("connects of non-blocking channels are not raced"),
  /** {@code AsynchronousSocketChannel}s. */
  ASYNC("connects of asynchronous channels are not raced"),
  /** Which options are ever set: without it all are carried over, at a system call each. */
  OPTIONS("races read every socket option"),
  /** What the JDK's look-ups find. */
  ANSWERS("races look up again what is not cached"),
  /** The JDK's look-ups; only woven where {@code resolve=fast} asks for it. */
  RESOLVE("resolve=jdk applies");

  /** What applies without it, for people. */
  public final String without;

  HookGroup(String without) {
    this.without = without;
  }
}
