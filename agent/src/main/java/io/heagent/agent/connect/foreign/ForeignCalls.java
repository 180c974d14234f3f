package io.heagent.agent.connect.foreign;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.socket.FallbackSocket;
import io.heagent.agent.connect.socket.SystemCalls;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.util.List;
import java.util.function.BooleanSupplier;

/** System calls, but for those on the descriptor of a library's channel, which it makes itself. */
final class ForeignCalls implements SystemCalls {

  private final SystemCalls system;
  private final ForeignSocket socket;

  ForeignCalls(SystemCalls system, ForeignSocket socket) {
    this.system = system;
    this.socket = socket;
  }

  private boolean isOwn(FileDescriptor fd) {
    return fd == socket.descriptor();
  }

  @Override
  public boolean connect(ProtocolFamily family, FileDescriptor fd, InetAddress address, int port)
      throws IOException {
    return isOwn(fd) ? socket.dial(address, port) : system.connect(family, fd, address, port);
  }

  @Override
  public boolean isConnected(FileDescriptor fd) throws IOException {
    return isOwn(fd) ? socket.isDialled() : system.isConnected(fd);
  }

  @Override
  public void duplicate(FileDescriptor from, FileDescriptor onto) throws IOException {
    if (isOwn(onto)) {
      socket.replaceBy(from);
    } else {
      system.duplicate(from, onto);
    }
  }

  @Override
  public long nanoTime() {
    return system.nanoTime();
  }

  @Override
  public void configureBlocking(FileDescriptor fd, boolean block) throws IOException {
    system.configureBlocking(fd, block);
  }

  @Override
  public void endConnect(FileDescriptor fd) throws IOException {
    system.endConnect(fd);
  }

  @Override
  public boolean canDisconnect() {
    return system.canDisconnect();
  }

  @Override
  public void disconnect(FileDescriptor fd, boolean ipv4Only) throws IOException {
    system.disconnect(fd, ipv4Only);
  }

  @Override
  public void forgetIpv4(FileDescriptor fd) throws IOException {
    system.forgetIpv4(fd);
  }

  @Override
  public FallbackSocket open(
      ConnectRequest request, InetAddress first, boolean ipv4Only, boolean blocking)
      throws IOException {
    return system.open(request, first, ipv4Only, blocking);
  }

  @Override
  public boolean isVirtualThread() {
    return system.isVirtualThread();
  }

  @Override
  public void startVirtualThread(Runnable task) throws IOException {
    system.startVirtualThread(task);
  }

  @Override
  public void poll(FileDescriptor fd, long millis) throws IOException {
    system.poll(fd, millis);
  }

  @Override
  public void poll(List<FileDescriptor> fds, int millis) throws IOException {
    system.poll(fds, millis);
  }

  @Override
  public void parkVirtual(FileDescriptor fd, long nanos, BooleanSupplier isOpen)
      throws IOException {
    system.parkVirtual(fd, nanos, isOpen);
  }

  @Override
  public void park(Object blocker, long nanos) {
    system.park(blocker, nanos);
  }

  @Override
  public void unpark(Thread thread) {
    system.unpark(thread);
  }
}
