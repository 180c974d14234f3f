package sun.nio.ch;

import java.io.IOException;
import java.util.Arrays;

/**
 * What the agent uses of asynchronous channels only: fields of {@code
 * UnixAsynchronousSocketChannelImpl}, and how such a channel is kept open and polled. See {@link
 * HeSocket}. A class of its own, so that a JDK in which the channel's class differs loses only the
 * hooks of that class.
 */
public final class HeAsync {

  /** Written by {@link HeSocket#setRemote}. */
  static final long PENDING_REMOTE =
      HeJdk.offset(UnixAsynchronousSocketChannelImpl.class, "pendingRemote");

  private static final long PORT = HeJdk.offset(UnixAsynchronousSocketChannelImpl.class, "port");
  private static final long UPDATE_LOCK =
      HeJdk.offset(UnixAsynchronousSocketChannelImpl.class, "updateLock");
  private static final long CONNECT_PENDING =
      HeJdk.offset(UnixAsynchronousSocketChannelImpl.class, "connectPending");

  private HeAsync() {}

  /**
   * Keeps an asynchronous channel from being closed until {@link #release}, because its close takes
   * a lock of its own and not the stateLock.
   *
   * @throws java.nio.channels.ClosedChannelException if it is closed; then there is nothing to
   *     release
   */
  public static void hold(Object channel) throws IOException {
    AsynchronousSocketChannelImpl async = (AsynchronousSocketChannelImpl) channel;
    boolean held = false;
    try {
      async.begin();
      held = true;
    } finally {
      if (!held) {
        async.end();
      }
    }
  }

  /** Ends the hold of {@link #hold}. */
  public static void release(Object channel) {
    ((AsynchronousSocketChannelImpl) channel).end();
  }

  /**
   * Has the channel's group poll its descriptor once for the outcome of the connect. If the JDK has
   * not begun to poll it yet, the JDK will do so by itself.
   */
  public static void poll(Object channel) {
    // The JDK polls under this lock too. If two threads both added the descriptor to epoll, one of
    // them would get an AssertionError, and that might be a thread of the program.
    synchronized (HeJdk.UNSAFE.getReference(channel, UPDATE_LOCK)) {
      if (HeJdk.UNSAFE.getBoolean(channel, CONNECT_PENDING)) {
        Port port = (Port) HeJdk.UNSAFE.getReference(channel, PORT);
        port.startPoll(IOUtil.fdVal(HeSocket.descriptor(channel)), Net.POLLOUT);
      }
    }
  }

  /**
   * Throws if the channel's descriptor is not connected. The JDK has asked the descriptor for its
   * error, but a race may have fetched that error before. So this asks whether there is a
   * connection.
   */
  static void checkConnected(Object channel) throws IOException {
    try {
      Net.pollConnect(HeSocket.descriptor(channel), 0);
    } catch (IOException none) {
      throw withoutUs(none);
    }
  }

  /** Removes the agent's frames, so that the program sees its own frames and the JDK's. */
  private static IOException withoutUs(IOException failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    int kept = 0;
    for (StackTraceElement frame : trace) {
      if (!frame.getClassName().startsWith("sun.nio.ch.He")) {
        trace[kept++] = frame;
      }
    }
    failure.setStackTrace(Arrays.copyOf(trace, kept));
    return failure;
  }
}
