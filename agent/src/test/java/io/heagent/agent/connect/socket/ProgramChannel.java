package io.heagent.agent.connect.socket;

import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import sun.nio.ch.HeSocket;

/** A program's socket with a real descriptor, which connects for as long as a test says so. */
final class ProgramChannel extends FakeProgramSocket implements AutoCloseable {

  final SocketChannel channel;

  /** What it says of its options in place of the system. */
  final Map<SocketOption<?>, Object> claimed = new HashMap<>();

  /** Whether it has no answer when it is asked for an option. */
  boolean silent;

  ProgramChannel(boolean onlyIpv4) throws IOException {
    super(SocketKind.CHANNEL, null);
    channel = onlyIpv4 ? SocketChannel.open(StandardProtocolFamily.INET) : SocketChannel.open();
    ipv4Only = onlyIpv4;
  }

  /** A new socket of the same kind. */
  SocketChannel another() throws IOException {
    return ipv4Only ? SocketChannel.open(StandardProtocolFamily.INET) : SocketChannel.open();
  }

  static FileDescriptor descriptor(SocketChannel of) {
    return HeSocket.descriptor(of);
  }

  static InetAddress loopback(int n) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) n});
  }

  @Override
  public FileDescriptor descriptor() {
    return descriptor(channel);
  }

  @Override
  @SuppressWarnings("unchecked") // the tests claim values of the option's type
  public <T> T option(SocketOption<T> option) {
    if (silent) {
      throw new UnsupportedOperationException(option.name());
    }
    return claimed.containsKey(option) ? (T) claimed.get(option) : real(option);
  }

  private <T> T real(SocketOption<T> option) {
    try {
      return channel.getOption(option);
    } catch (IOException e) {
      throw new UnsupportedOperationException(e);
    }
  }

  @Override
  public void close() {
    super.close();
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
