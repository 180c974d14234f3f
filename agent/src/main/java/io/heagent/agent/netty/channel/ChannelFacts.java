package io.heagent.agent.netty.channel;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import sun.nio.ch.HeEpoll;
import sun.nio.ch.HeJdk;

/**
 * What Netty and the system say of a channel: whether it can be raced, its family, its options and
 * its local address. Immutable; any thread may ask while the descriptor is open.
 */
public final class ChannelFacts {

  private final NettyMethods methods;

  /** Netty's channel. */
  private final Object channel;

  private final FileDescriptor descriptor;
  private final boolean ipv4Only;

  /** Takes Netty's objects, the channel and its {@code Socket}, and their descriptor. */
  public ChannelFacts(
      NettyMethods methods, Object channel, Object socket, FileDescriptor descriptor) {
    this.methods = methods;
    this.channel = channel;
    this.descriptor = descriptor;
    this.ipv4Only = !methods.isIpv6(socket);
  }

  /**
   * Whether the channel can be raced. A fallback socket must be of the same kind. The channel must
   * not be bound, because a fallback socket cannot be bound to the same port: Netty does not report
   * every port that it was given, and with IP_BIND_ADDRESS_NO_PORT the channel has an address and
   * no port. The system is asked only if Netty has a local address of the channel: otherwise Netty
   * has neither bound nor connected the channel before. A channel with keys for TCP_MD5SIG is not
   * raced, because they cannot be read back for a fallback socket.
   */
  public boolean isFit() throws IOException {
    return !methods.isSigned(channel)
        && (ipv4Only || HeEpoll.isIpv6Available())
        && !(methods.hasLocal(channel) && isBound());
  }

  private boolean isBound() throws IOException {
    InetSocketAddress local = localAddress();
    return local.getPort() != 0 || !local.getAddress().isAnyLocalAddress();
  }

  /** Whether the descriptor can reach IPv4 addresses only. */
  public boolean isIpv4Only() {
    return ipv4Only;
  }

  /** The value of one option, which a system call tells. */
  public <T> T option(SocketOption<T> option) throws IOException {
    return HeEpoll.option(descriptor, ipv4Only, option);
  }

  /** The address that the channel is bound to, which a system call tells. */
  public InetSocketAddress localAddress() throws IOException {
    return HeJdk.localAddress(descriptor);
  }
}
