package io.heagent.agent.jdk.weaving;

/**
 * A group of hooks that work together. If a JDK lacks what one hook of a group needs, no hook of
 * that group is woven.
 */
public enum HookGroup {
  /** The native connect. Without this hook nothing can be raced. */
  COMMON("connects are not raced"),
  /** {@code java.net.Socket} and what is built on it. */
  SOCKET("connects of sockets are not raced"),
  /** Blocking {@code SocketChannel}s. */
  CHANNEL("connects of socket channels are not raced"),
  /** Non-blocking {@code SocketChannel}s. This group needs {@link #CHANNEL}. */
  SELECT("connects of non-blocking channels are not raced"),
  /** {@code AsynchronousSocketChannel}s. */
  ASYNC("connects of asynchronous channels are not raced"),
  /**
   * Which socket options programs set. Without this group, a race reads every option of the
   * program's socket, at one system call each.
   */
  OPTIONS("races read every socket option"),
  /** The addresses that the JDK's look-ups find. */
  ANSWERS("races look up again what is not cached"),
  /** The JDK's look-ups themselves. Woven only if the settings say {@code resolve=fast}. */
  RESOLVE("resolve=jdk applies");

  /** Text for people: what the agent does, or does not do, without this group. */
  public final String without;

  HookGroup(String without) {
    this.without = without;
  }
}
