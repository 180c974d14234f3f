package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.SO_RCVBUF;
import static java.net.StandardSocketOptions.TCP_NODELAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sun.nio.ch.HeJdk;

/** Fallback sockets on real descriptors of loopback. */
@Tag("socket")
class FallbackChannelTest {

  private final OptionsInUse given = new OptionsInUse();
  private final JdkSystemCalls system = new JdkSystemCalls(given);
  private ProgramChannel program;
  private ServerSocket server;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    given.begin();
    program = new ProgramChannel(true);
    server = new ServerSocket(0, 5, ProgramChannel.loopback(1));
  }

  @AfterEach
  void close() throws IOException {
    program.close();
    server.close();
  }

  private InetSocketAddress good() {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private InetSocketAddress refusing() throws IOException {
    return new InetSocketAddress(ProgramChannel.loopback(9), server.getLocalPort());
  }

  private ConnectRequest request(int localPort) throws IOException {
    InetAddress local = localPort == 0 ? null : ProgramChannel.loopback(1);
    InetSocketAddress address = InetSocketAddress.createUnresolved("host.example", 443);
    return new ConnectRequest(
        program,
        new ConnectRequest.Target(address, "host.example", RaceRule.DEFAULT, null),
        0,
        0,
        ConnectRequest.Bounds.of(local, localPort, null));
  }

  private FallbackSocket open(int localPort, boolean blocking) throws IOException {
    return system.open(request(localPort), ProgramChannel.loopback(1), program.ipv4Only, blocking);
  }

  private static void await(FallbackSocket socket) throws IOException {
    try (Selector selector = Selector.open()) {
      socket.channel().register(selector, SelectionKey.OP_CONNECT);
      selector.select();
    }
  }

  @Test
  void connectsWithoutBlocking() throws IOException {
    FallbackSocket socket = open(0, false);
    assertFalse(socket.isBlocking());
    assertTrue(socket.isOpen());
    assertFalse(socket.connect(good()));
    await(socket);
    assertTrue(socket.isConnected());
    assertTrue(socket.finishConnect());
    SocketChannel channel = (SocketChannel) socket.channel();
    assertEquals(good(), channel.getRemoteAddress());
    assertEquals(HeJdk.number(ProgramChannel.descriptor(channel)), socket.number());
    assertSame(ProgramChannel.descriptor(channel), socket.descriptor());
    socket.close();
    socket.close();
    assertFalse(socket.isOpen());
  }

  @Test
  void refusalIsThrown() throws IOException {
    FallbackSocket asked = open(0, false);
    FallbackSocket finished = open(0, false);
    assertFalse(asked.connect(refusing()));
    await(asked);
    assertThrows(ConnectException.class, asked::isConnected);
    finished.connect(refusing());
    await(finished);
    assertThrows(ConnectException.class, finished::finishConnect);
    asked.close();
    finished.close();
  }

  /** It is pending on a server that takes no more. */
  @Test
  void pendingConnectIsNotConnectedYet() throws IOException {
    try (ServerSocket full = new ServerSocket(0, 1, ProgramChannel.loopback(3))) {
      InetSocketAddress dead = (InetSocketAddress) full.getLocalSocketAddress();
      List<FallbackSocket> fill = List.of(open(0, false), open(0, false), open(0, false));
      for (FallbackSocket socket : fill) {
        socket.connect(dead);
      }
      assertFalse(fill.get(2).isConnected());
      assertFalse(fill.get(2).finishConnect());
      fill.forEach(FallbackSocket::close);
    }
  }

  @Test
  void connectsOnAThreadOfItsOwn() throws IOException {
    FallbackSocket socket = open(0, true);
    assertTrue(socket.isBlocking());
    socket.awaitConnect(good());
    assertTrue(socket.isConnected());
    socket.close();
  }

  /** It has begun to connect, and a thread takes it over. */
  @Test
  void pendingConnectIsAwaited() throws IOException {
    FallbackSocket socket = open(0, false);
    assertFalse(socket.connect(good()));
    socket.configureBlocking(true);
    socket.awaitConnect(good());
    assertTrue(socket.isConnected());
    socket.close();
  }

  @Test
  void blockingConnectIsOverWhenItReturns() throws IOException {
    FallbackSocket socket = open(0, true);
    assertTrue(socket.connect(good()));
    socket.close();
  }

  /** Linux binds a socket that dials an address of one link to the interface of that link. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void interfaceOfAScopedAddressIsNotCarried(int scope) throws IOException {
    program.close();
    program = new ProgramChannel(false);
    try {
      NativeOption.SO_BINDTOIFINDEX.set(program.descriptor(), 1);
    } catch (IOException notAllowed) {
      assumeTrue(false, "a system that lets us bind a socket to an interface");
    }
    byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();
    InetAddress dialled = Inet6Address.getByAddress(null, linkLocal, scope);
    FallbackSocket socket = system.open(request(0), dialled, false, true);
    assertEquals(1 - scope, NativeOption.SO_BINDTOIFINDEX.get(socket.descriptor()));
    socket.close();
  }

  @Test
  void optionsOfTheProgramAreCarried() throws IOException {
    given.add(SO_RCVBUF);
    given.add(TCP_NODELAY);
    program.channel.setOption(SO_RCVBUF, 8192);
    program.channel.setOption(TCP_NODELAY, true);
    FallbackSocket socket = open(0, false);
    SocketChannel channel = (SocketChannel) socket.channel();
    assertEquals(8192, channel.getOption(SO_RCVBUF));
    assertFalse(channel.getOption(TCP_NODELAY));
    assertNull(socket.carryChangedOptions());
    assertTrue(channel.getOption(TCP_NODELAY));
    socket.close();
  }

  @Test
  void portOfTheProgramIsShared() throws IOException {
    program.channel.bind(new InetSocketAddress(ProgramChannel.loopback(1), 0));
    int port = HeJdk.localAddress(program.descriptor()).getPort();
    FallbackSocket socket = open(port, false);
    assertEquals(port, HeJdk.localAddress(socket.descriptor()).getPort());
    socket.close();
  }

  /** Nothing that is half made stays open. */
  @Test
  void socketWithoutTheProgramsPortIsClosed() throws IOException {
    program.connecting = false;
    long before = sockets();
    assertThrows(ClosedChannelException.class, () -> open(1, false));
    assertEquals(before, sockets());
  }

  private static long sockets() throws IOException {
    try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
      return entries.filter(FallbackChannelTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path entry) {
    try {
      return Files.readSymbolicLink(entry).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void familyIsTheProgramsOwn(boolean ipv4Only) throws IOException {
    program.close();
    program = new ProgramChannel(ipv4Only);
    FallbackSocket socket = open(0, true);
    InetAddress any = HeJdk.localAddress(socket.descriptor()).getAddress();
    assertEquals(ipv4Only ? 4 : 16, any.getAddress().length);
    socket.close();
  }
}
