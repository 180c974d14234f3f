package io.heagent.it.options;

import io.heagent.it.lab.Threads;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A socket of any kind together with its descriptor, as a program has it that goes past Java. Needs
 * {@link JdkInside#FLAGS}.
 */
public final class RawSocket implements Closeable {
  /** How it connects. */
  public enum Kind {
    SOCKET,
    VIRTUAL,
    CHANNEL,
    NON_BLOCKING,
    ASYNC;

    /** Those that this JVM has. */
    public static List<Kind> possible() {
      List<Kind> kinds = new ArrayList<>(List.of(values()));
      if (!Threads.possible().contains(Threads.VIRTUAL)) {
        kinds.remove(VIRTUAL);
      }
      return kinds;
    }

    RawSocket open() throws IOException {
      return switch (this) {
        case SOCKET, VIRTUAL -> new RawSocket(this, new Socket());
        case CHANNEL, NON_BLOCKING -> new RawSocket(this, SocketChannel.open());
        case ASYNC -> new RawSocket(this, AsynchronousSocketChannel.open());
      };
    }
  }

  private final Kind kind;
  private final Closeable object;

  private RawSocket(Kind kind, Closeable object) throws IOException {
    this.kind = kind;
    this.object = object;
    if (object instanceof Socket socket) {
      // Has it made.
      socket.setTcpNoDelay(true);
    }
  }

  /** Binds it. */
  void bind(InetSocketAddress local) throws IOException {
    if (object instanceof Socket socket) {
      socket.bind(local);
    } else {
      ((NetworkChannel) object).bind(local);
    }
  }

  /** Where it is bound. */
  InetSocketAddress local() throws IOException {
    return (InetSocketAddress)
        (object instanceof Socket socket
            ? socket.getLocalSocketAddress()
            : ((NetworkChannel) object).getLocalAddress());
  }

  /** Connects in the way of its kind. */
  void connect(InetSocketAddress to) throws IOException, InterruptedException, ExecutionException {
    switch (kind) {
      case SOCKET -> ((Socket) object).connect(to);
      case VIRTUAL -> onVirtualThread(to);
      case CHANNEL -> ((SocketChannel) object).connect(to);
      case NON_BLOCKING -> select(to);
      case ASYNC -> ((AsynchronousSocketChannel) object).connect(to).get();
    }
  }

  private void onVirtualThread(InetSocketAddress to) throws IOException, InterruptedException {
    AtomicReference<IOException> failure = new AtomicReference<>();
    Threads.VIRTUAL.run(
        () -> {
          try {
            ((Socket) object).connect(to);
          } catch (IOException e) {
            failure.set(e);
          }
        });
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private void select(InetSocketAddress to) throws IOException {
    SocketChannel channel = (SocketChannel) object;
    channel.configureBlocking(false);
    try (Selector selector = Selector.open()) {
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_CONNECT);
      selector.select();
      if (!channel.finishConnect()) {
        throw new IOException("finishConnect: false");
      }
    }
  }

  /** Whom it is connected to. */
  InetSocketAddress peer() throws IOException {
    if (object instanceof Socket socket) {
      return (InetSocketAddress) socket.getRemoteSocketAddress();
    } else if (object instanceof SocketChannel channel) {
      return (InetSocketAddress) channel.getRemoteAddress();
    }
    return (InetSocketAddress) ((AsynchronousSocketChannel) object).getRemoteAddress();
  }

  /** The line that a talk service begins with. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream in = in();
    for (int next; (next = in.read()) >= 0 && next != '\n'; ) {
      line.append((char) next);
    }
    return line.toString();
  }

  private InputStream in() throws IOException {
    if (object instanceof Socket socket) {
      return socket.getInputStream();
    } else if (object instanceof SocketChannel channel) {
      channel.configureBlocking(true);
      return Channels.newInputStream(channel);
    }
    return Channels.newInputStream((AsynchronousSocketChannel) object);
  }

  /** SO_RCVBUF. */
  void setBuffer(int bytes) throws IOException {
    if (object instanceof Socket socket) {
      socket.setReceiveBufferSize(bytes);
    } else {
      ((NetworkChannel) object).setOption(StandardSocketOptions.SO_RCVBUF, bytes);
    }
  }

  /** SO_KEEPALIVE, and SO_OOBINLINE where this kind can have it. */
  void setByJava() throws IOException {
    if (object instanceof Socket socket) {
      socket.setKeepAlive(true);
    } else {
      ((NetworkChannel) object).setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    if (object instanceof Socket socket) {
      socket.setOOBInline(true);
    } else if (kind == Kind.CHANNEL) {
      ((SocketChannel) object).socket().setOOBInline(true);
    }
  }

  /**
   * All options of {@link RawOption}, SO_OOBINLINE, and the flags of descriptor and description.
   */
  Map<String, String> all() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (RawOption option : RawOption.values()) {
      all.put(option.name(), option.get(this));
    }
    boolean keepAlive =
        object instanceof Socket socket
            ? socket.getKeepAlive()
            : ((NetworkChannel) object).getOption(StandardSocketOptions.SO_KEEPALIVE);
    all.put("SO_KEEPALIVE", String.valueOf(keepAlive));
    if (object instanceof Socket socket) {
      all.put("SO_OOBINLINE", String.valueOf(socket.getOOBInline()));
    } else if (kind == Kind.CHANNEL) {
      all.put("SO_OOBINLINE", String.valueOf(((SocketChannel) object).socket().getOOBInline()));
    }
    int number = (Integer) JdkInside.field(FileDescriptor.class, "fd", descriptor());
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + number))) {
      if (line.startsWith("flags:")) {
        all.put("flags", line.substring("flags:".length()).strip());
      }
    }
    return all;
  }

  FileDescriptor descriptor() throws IOException {
    if (object instanceof Socket) {
      Object impl = JdkInside.field(Socket.class, "impl", object);
      return (FileDescriptor) JdkInside.call(SocketImpl.class, "getFileDescriptor", impl);
    } else if (object instanceof SocketChannel) {
      return (FileDescriptor) JdkInside.call(object.getClass(), "getFD", object);
    }
    return (FileDescriptor) JdkInside.field(object.getClass().getSuperclass(), "fd", object);
  }

  @Override
  public void close() throws IOException {
    object.close();
  }
}
