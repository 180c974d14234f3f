package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ProgramSocket;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/** The JDK's real channels, as a race sees them. */
@Tag("socket")
class JdkSocketTest {

  private final List<AutoCloseable> open = new ArrayList<>();
  private ServerSocket server;
  private ServerSocket full;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    server = kept(new ServerSocket(0, 5, ProgramChannel.loopback(1)));
    full = kept(new ServerSocket(0, 1, ProgramChannel.loopback(3)));
    for (int i = 0; i < 2; i++) {
      pending(kept(SocketChannel.open()));
    }
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T kept(T closed) {
    open.add(closed);
    return closed;
  }

  /** Its connect is under way, and nobody answers. */
  private SocketChannel pending(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.connect(full.getLocalSocketAddress());
    return channel;
  }

  private static InetSocketAddress peer() throws IOException {
    return new InetSocketAddress(ProgramChannel.loopback(7), 443);
  }

  @Test
  void kinds() throws Exception {
    SocketChannel channel = kept(SocketChannel.open());
    assertEquals(SocketKind.CHANNEL, JdkSocket.of(HeHook.CHANNEL, channel).kind());
    assertEquals(SocketKind.ADAPTOR, JdkSocket.of(HeHook.ADAPTOR, channel).kind());
    assertEquals(SocketKind.SOCKET, JdkSocket.of(HeHook.SOCKET, socketImpl()).kind());
    AsynchronousSocketChannel async = kept(AsynchronousSocketChannel.open());
    assertEquals(SocketKind.ASYNC, JdkSocket.of(HeHook.ASYNC, async).kind());
  }

  @Test
  void channelIsConnectingUntilItIsClosed() throws IOException {
    SocketChannel channel = kept(SocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    assertTrue(socket.isOpen());
    assertFalse(socket.isConnecting());
    pending(channel);
    assertTrue(socket.isConnecting());
    channel.close();
    assertFalse(socket.isConnecting());
    assertFalse(socket.isOpen());
  }

  @Test
  void modeOfAChannelIsItsOwnAndThatOfAnAdaptorBlocking() throws IOException {
    SocketChannel channel = kept(SocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    assertFalse(socket.isNonBlocking());
    assertTrue(socket.hasBlockingDescriptor());
    channel.configureBlocking(false);
    assertTrue(socket.isNonBlocking());
    ProgramSocket adaptor = JdkSocket.of(HeHook.ADAPTOR, channel);
    assertFalse(adaptor.isNonBlocking());
    assertFalse(adaptor.hasBlockingDescriptor());
    AsynchronousSocketChannel async = kept(AsynchronousSocketChannel.open());
    assertTrue(JdkSocket.of(HeHook.ASYNC, async).isNonBlocking());
    assertFalse(JdkSocket.of(HeHook.ASYNC, async).hasBlockingDescriptor());
  }

  @Test
  void addressesAndOptions() throws IOException {
    SocketChannel channel = kept(SocketChannel.open(StandardProtocolFamily.INET));
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    assertTrue(socket.isIpv4Only());
    assertFalse(JdkSocket.of(HeHook.CHANNEL, kept(SocketChannel.open())).isIpv4Only());
    assertFalse(socket.isBound());
    channel.bind(new InetSocketAddress(ProgramChannel.loopback(1), 0));
    assertTrue(socket.isBound());
    assertEquals(channel.getLocalAddress(), socket.localAddress());
    channel.setOption(TCP_NODELAY, true);
    assertTrue(socket.option(TCP_NODELAY));
    assertSame(ProgramChannel.descriptor(channel), socket.descriptor());
  }

  @Test
  void remoteAddressIsSetWhileItConnects() throws IOException {
    SocketChannel channel = pending(kept(SocketChannel.open()));
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    assertTrue(socket.setRemote(peer()));
    // The JDK tells it of a channel that is connected; its text tells it before.
    assertTrue(channel.toString().contains("127.0.0.7:443"), channel::toString);
    InetAddress other = ProgramChannel.loopback(8);
    assertTrue(socket.setRemote(other, 80));
    assertTrue(channel.toString().contains("127.0.0.8:80"), channel::toString);
    channel.close();
    assertFalse(socket.setRemote(peer()));
    assertFalse(socket.setRemote(other, 80));
  }

  @Test
  void stepRunsWhileItConnects() throws IOException {
    SocketChannel channel = kept(SocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    List<String> ran = new ArrayList<>();
    assertFalse(socket.ifConnecting(() -> ran.add("new")));
    pending(channel);
    assertTrue(socket.ifConnecting(() -> ran.add("pending")));
    channel.close();
    assertFalse(socket.ifConnecting(() -> ran.add("closed")));
    assertEquals(List.of("pending"), ran);
  }

  @Test
  void asynchronousChannelIsHeldWhileAStepRuns() throws Exception {
    AsynchronousSocketChannel channel = kept(AsynchronousSocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.ASYNC, channel);
    List<String> ran = new ArrayList<>();
    assertFalse(socket.isConnecting());
    assertFalse(socket.ifConnecting(() -> ran.add("new")));
    Future<Void> pending = channel.connect(full.getLocalSocketAddress());
    assertFalse(pending.isDone());
    assertTrue(socket.isConnecting());
    Thread closing = new Thread(() -> closeQuietly(channel));
    assertTrue(
        socket.ifConnecting(
            () -> {
              closing.start();
              // The close waits for the lock that the step holds, in whichever way the JDK does.
              while (closing.getState() != Thread.State.WAITING
                  && closing.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
              }
              assertTrue(socket.isConnecting());
              ran.add("pending");
            }));
    closing.join();
    assertFalse(socket.isOpen());
    assertFalse(socket.ifConnecting(() -> ran.add("closed")));
    assertEquals(List.of("pending"), ran);
  }

  private static void closeQuietly(AsynchronousSocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asynchronousChannelHasAddressesToo() throws IOException {
    AsynchronousSocketChannel channel = kept(AsynchronousSocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.ASYNC, channel);
    assertFalse(socket.isBound());
    channel.bind(new InetSocketAddress(0));
    assertTrue(socket.isBound());
    assertFalse(socket.isIpv4Only());
    channel.setOption(TCP_NODELAY, true);
    assertTrue(socket.option(TCP_NODELAY));
    Future<Void> pending = channel.connect(full.getLocalSocketAddress());
    assertFalse(pending.isDone());
    assertTrue(socket.setRemote(peer()));
    socket.pollAsync();
  }

  @Test
  void dialIsTheSystems() throws IOException {
    SocketChannel channel = kept(SocketChannel.open());
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    StandardProtocolFamily family = StandardProtocolFamily.INET6;
    int port = server.getLocalPort();
    assertTrue(socket.dial(family, socket.descriptor(), ProgramChannel.loopback(1), port));
    assertTrue(socket.isDialled(socket.descriptor()));
    SocketChannel other = kept(SocketChannel.open());
    other.configureBlocking(false);
    ProgramSocket nonBlocking = JdkSocket.of(HeHook.CHANNEL, other);
    assertFalse(
        nonBlocking.dial(
            family, nonBlocking.descriptor(), ProgramChannel.loopback(3), full.getLocalPort()));
    assertFalse(nonBlocking.isDialled(nonBlocking.descriptor()));
    SocketChannel third = kept(SocketChannel.open());
    ProgramSocket refused = JdkSocket.of(HeHook.CHANNEL, third);
    assertThrows(
        IOException.class,
        () -> refused.dial(family, refused.descriptor(), ProgramChannel.loopback(9), port));
  }

  @Test
  void connectionIsPutUnderTheProgramsNumber() throws IOException {
    SocketChannel channel = pending(kept(SocketChannel.open()));
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    int number = HeJdk.number(socket.descriptor());
    SocketChannel winner = kept(SocketChannel.open(server.getLocalSocketAddress()));
    socket.replaceBy(ProgramChannel.descriptor(winner));
    assertEquals(number, HeJdk.number(socket.descriptor()));
    assertTrue(socket.isDialled(socket.descriptor()));
    assertEquals(winner.getLocalAddress(), socket.localAddress());
  }

  @Test
  void keysAreThoseOfAllSelectors() throws IOException {
    SocketChannel channel = kept(SocketChannel.open());
    channel.configureBlocking(false);
    ProgramSocket socket = JdkSocket.of(HeHook.CHANNEL, channel);
    assertEquals(List.of(), socket.keys());
    SelectionKey one = channel.register(kept(Selector.open()), SelectionKey.OP_CONNECT);
    SelectionKey two = channel.register(kept(Selector.open()), SelectionKey.OP_CONNECT);
    assertEquals(List.of(one, two), socket.keys());
  }

  /** What is behind a {@code Socket}. */
  private static Object call(Object impl, String method, Object... arguments) {
    try {
      for (Method each : Class.forName("sun.nio.ch.NioSocketImpl").getDeclaredMethods()) {
        if (each.getName().equals(method) && takes(each.getParameterTypes(), arguments)) {
          each.setAccessible(true);
          return each.invoke(impl, arguments);
        }
      }
      throw new AssertionError(method);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.toString(), e);
    }
  }

  private static boolean takes(Class<?>[] types, Object[] arguments) {
    boolean all = types.length == arguments.length;
    for (int i = 0; all && i < types.length; i++) {
      all = types[i].isPrimitive() || types[i].isInstance(arguments[i]);
    }
    return all;
  }

  private Object socketImpl() throws ReflectiveOperationException {
    Constructor<?> constructor =
        Class.forName("sun.nio.ch.NioSocketImpl").getConstructor(boolean.class);
    constructor.setAccessible(true);
    Object impl = constructor.newInstance(false);
    call(impl, "create", true);
    open.add(() -> call(impl, "close"));
    return impl;
  }

  @Test
  void socketThatIsNew() throws Exception {
    Object impl = socketImpl();
    ProgramSocket socket = JdkSocket.of(HeHook.SOCKET, impl);
    assertTrue(socket.isOpen());
    assertFalse(socket.isConnecting());
    assertFalse(socket.isNonBlocking());
    assertTrue(socket.hasBlockingDescriptor());
    assertFalse(socket.isIpv4Only());
    assertFalse(socket.isBound());
    assertFalse(socket.setRemote(peer()));
    assertFalse(socket.setRemote(peer().getAddress(), 443));
    call(impl, "bind", ProgramChannel.loopback(1), 0);
    assertTrue(socket.isBound());
    assertEquals(ProgramChannel.loopback(1), socket.localAddress().getAddress());
    call(impl, "close");
    assertFalse(socket.isOpen());
  }

  /** Its timeout has the JDK make the descriptor non-blocking. */
  @Test
  void socketThatConnects() throws Exception {
    Object impl = socketImpl();
    ProgramSocket socket = JdkSocket.of(HeHook.SOCKET, impl);
    Thread connecting =
        new Thread(
            () ->
                assertThrows(
                    LinkageError.class,
                    () -> call(impl, "connect", full.getLocalSocketAddress(), 3_600_000)));
    connecting.start();
    while (!socket.isConnecting() || socket.hasBlockingDescriptor()) {
      Thread.onSpinWait();
    }
    List<String> ran = new ArrayList<>();
    assertTrue(socket.ifConnecting(() -> ran.add("pending")));
    assertTrue(socket.setRemote(peer().getAddress(), 443));
    assertTrue(impl.toString().contains("addr=/127.0.0.7,"), impl::toString);
    assertTrue(socket.setRemote(new InetSocketAddress(ProgramChannel.loopback(8), 1)));
    assertTrue(impl.toString().contains("addr=/127.0.0.8,"), impl::toString);
    call(impl, "close");
    connecting.join();
    assertFalse(socket.ifConnecting(() -> ran.add("closed")));
    assertEquals(List.of("pending"), ran);
  }
}
