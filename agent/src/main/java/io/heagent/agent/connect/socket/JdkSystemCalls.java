package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ConnectRequest;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeOptions;

/** Makes the system calls by the JDK's own methods, through the bridge. */
public final class JdkSystemCalls implements SystemCalls {

  /**
   * The agent relies on Linux for option numbers, for ports shared by SO_REUSEADDR, and for
   * connects that are taken back.
   */
  static final boolean IS_LINUX = System.getProperty("os.name", "").startsWith("Linux");

  /** The size of struct pollfd: int fd, short events, short revents. */
  private static final int POLLFD = 8;

  /**
   * A class of its own, so that the bridge's class for disconnects is loaded only when the first
   * redial asks whether a connect can be taken back.
   */
  private static final class Disconnect {
    static final boolean IS_POSSIBLE = IS_LINUX && HeOptions.canDisconnect();
  }

  private final OptionsInUse given;

  /**
   * Null until the first race. Written by the thread that needs it first. Two threads may both make
   * one; each reads the system's values, so either may be kept.
   */
  private volatile OptionDefaults defaults;

  /**
   * Makes the system calls of this JVM.
   *
   * @param given the options that any socket of this JVM was ever given
   */
  public JdkSystemCalls(OptionsInUse given) {
    this.given = given;
  }

  /** The option values of a new socket. */
  public OptionDefaults defaults() {
    OptionDefaults made = defaults;
    if (made == null) {
      made = new OptionDefaults(given, this);
      defaults = made;
    }
    return made;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void configureBlocking(FileDescriptor fd, boolean block) throws IOException {
    HeJdk.configureBlocking(fd, block);
  }

  @Override
  public void endConnect(FileDescriptor fd) throws IOException {
    HeJdk.endConnect(fd);
  }

  @Override
  public boolean canDisconnect() {
    return Disconnect.IS_POSSIBLE;
  }

  @Override
  public void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException {
    HeOptions.disconnect(fd, ipv4Only);
  }

  @Override
  public void forgetIpv4(FileDescriptor fd) throws IOException {
    HeOptions.forgetIpv4(fd);
  }

  @Override
  public FallbackSocket open(
      ConnectRequest request, InetAddress dialled, boolean ipv4Only, boolean blocking)
      throws IOException {
    return FallbackChannel.open(defaults(), request, dialled, ipv4Only, blocking);
  }

  @Override
  public boolean isVirtualThread() {
    return HeJdk.isVirtualThread();
  }

  @Override
  public boolean isTraceMadeAnew() {
    return HeHook.isHidden();
  }

  @Override
  public void startVirtualThread(Runnable task) throws IOException {
    HeJdk.startVirtualThread(task);
  }

  @Override
  public void poll(FileDescriptor fd, long millis) throws IOException {
    HeJdk.pollOut(fd, millis);
  }

  /**
   * Calls poll(2), which looks its descriptors up by number at each call. A close from another
   * thread pre-closes the number and signals this thread, which ends the wait; no selector is
   * needed.
   */
  @Override
  public void poll(List<FileDescriptor> fds, int millis) throws IOException {
    ByteBuffer structs = HeJdk.borrowBuffer(POLLFD * Math.max(1, fds.size()));
    try {
      structs.order(ByteOrder.nativeOrder());
      int place = 0;
      for (FileDescriptor fd : fds) {
        structs.putInt(place, HeJdk.number(fd));
        structs.putShort(place + 4, HeJdk.pollOutEvent());
        structs.putShort(place + 6, (short) 0);
        place += POLLFD;
      }
      HeJdk.poll(structs, fds.size(), millis);
    } finally {
      HeJdk.returnBuffer(structs);
    }
  }

  @Override
  public void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen)
      throws IOException {
    HeJdk.parkVirtual(fd, nanos, isOpen);
  }

  @Override
  public void park(Object blocker, long nanos) {
    LockSupport.parkNanos(blocker, nanos);
  }

  @Override
  public void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }
}
