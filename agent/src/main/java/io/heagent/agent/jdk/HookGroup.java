package io.heagent.agent.jdk;

/** Hooks that work together: where one of a group cannot be had, the whole group stays off. */
enum HookGroup {
  /** Without it nothing can be raced. */
  COMMON("connects"),
  /** {@code java.net.Socket} and what is built on it. */
  SOCKET("connects of sockets"),
  /** Blocking {@code SocketChannel}s. */
  CHANNEL("connects of socket channels"),
  /** Non-blocking {@code SocketChannel}s; needs {@link #CHANNEL}. */
  SELECT("connects of non-blocking channels"),
  /** {@code AsynchronousSocketChannel}s. */
  ASYNC("connects of asynchronous channels"),
  /** Which options are ever set: without it all are carried over, at a system call each. */
  OPTIONS("socket options"),
  /** The JDK's look-ups; only woven where {@code resolve=fast} asks for it. */
  RESOLVE("names");

  /** What is not raced without it, for people. */
  final String what;

  HookGroup(String what) {
    this.what = what;
  }
}
