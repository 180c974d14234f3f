package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Faults;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import sun.nio.ch.HeJdk;
import sun.nio.ch.HeSocket;

/**
 * A channel of the JDK's default provider that has the options, local address and port of the
 * program's socket.
 */
final class FallbackChannel implements FallbackSocket {

  private final SocketChannel channel;
  private final OptionTransfer options;

  private FallbackChannel(SocketChannel channel, OptionTransfer options) {
    this.channel = channel;
    this.options = options;
  }

  /**
   * Opens a channel with the program's options and, if the program has bound its socket, with the
   * same local address and port.
   */
  static FallbackSocket open(
      OptionDefaults defaults,
      ConnectRequest request,
      InetAddress dialled,
      boolean ipv4Only,
      boolean blocking)
      throws IOException {
    SocketChannel channel = HeJdk.openChannel(ipv4Only);
    try {
      OptionTransfer options =
          new OptionTransfer(
              request.socket(), channel, defaults.of(channel, ipv4Only), isScoped(dialled));
      options.carryBeforeConnect();
      if (request.localPort() != 0) {
        FileDescriptor fd = HeSocket.descriptor(channel);
        SharedPort.bind(request, fd, fd);
      }
      if (!blocking) {
        channel.configureBlocking(false);
      }
      return new FallbackChannel(channel, options);
    } catch (IOException | RuntimeException | Error e) {
      close(channel);
      throw e;
    }
  }

  /** Whether the program's own socket dials an address that is valid on one link only. */
  private static boolean isScoped(InetAddress dialled) {
    return dialled instanceof Inet6Address address && address.getScopeId() != 0;
  }

  @Override
  public boolean connect(InetSocketAddress to) throws IOException {
    return channel.connect(to);
  }

  @Override
  public boolean finishConnect() throws IOException {
    return channel.finishConnect();
  }

  @Override
  public void awaitConnect(InetSocketAddress to) throws IOException {
    if (channel.isConnectionPending()) {
      channel.finishConnect();
    } else {
      channel.connect(to);
    }
  }

  @Override
  public boolean isConnected() throws IOException {
    // This does not call finishConnect, for two reasons. finishConnect asks for the local address,
    // which costs two system calls and which only a winner's new owner needs; and close shuts a
    // channel down only if the channel counts as connected.
    return HeJdk.pollConnectNow(descriptor());
  }

  @Override
  public void configureBlocking(boolean block) throws IOException {
    channel.configureBlocking(block);
  }

  @Override
  public boolean isBlocking() {
    return channel.isBlocking();
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public FileDescriptor descriptor() {
    return HeSocket.descriptor(channel);
  }

  @Override
  public int number() {
    return HeJdk.number(descriptor());
  }

  @Override
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public String carryChangedOptions() {
    return options.carryChanged();
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // On Linux close(2) has freed the descriptor even if it fails, and the connection is unused.
      Faults.ignored(e);
    }
  }
}
