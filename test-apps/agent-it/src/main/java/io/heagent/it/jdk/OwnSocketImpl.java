package io.heagent.it.jdk;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A socket implementation of a program's own, as some VPN libraries bring one. */
public final class OwnSocketImpl extends SocketImpl {
  private SocketChannel channel;

  @Override
  protected void create(boolean stream) throws IOException {
    channel = SocketChannel.open();
    fd = new FileDescriptor();
  }

  @Override
  protected void connect(String host, int toPort) throws IOException {
    connect(new InetSocketAddress(host, toPort), 0);
  }

  @Override
  protected void connect(InetAddress to, int toPort) throws IOException {
    connect(new InetSocketAddress(to, toPort), 0);
  }

  @Override
  protected void connect(SocketAddress to, int millis) throws IOException {
    InetSocketAddress target = (InetSocketAddress) to;
    address = target.getAddress();
    port = target.getPort();
    // No name goes along: this implementation means exactly the address it was given.
    channel.connect(
        new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), target.getPort()));
  }

  @Override
  protected InputStream getInputStream() {
    return Channels.newInputStream(channel);
  }

  @Override
  protected OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  @Override
  protected int available() {
    return 0;
  }

  @Override
  protected void close() throws IOException {
    channel.close();
  }

  @Override
  public Object getOption(int option) {
    return 0;
  }

  @Override
  public void setOption(int option, Object value) {}

  @Override
  protected void bind(InetAddress host, int toPort) throws IOException {
    throw new IOException("clients only");
  }

  @Override
  protected void listen(int backlog) throws IOException {
    throw new IOException("clients only");
  }

  @Override
  protected void accept(SocketImpl other) throws IOException {
    throw new IOException("clients only");
  }

  @Override
  protected void sendUrgentData(int data) throws IOException {
    throw new IOException("none");
  }
}
