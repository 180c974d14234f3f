package io.heagent.agent.connect.socket;

import static java.net.StandardSocketOptions.SO_REUSEADDR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sun.nio.ch.HeJdk;

/** Two sockets on one port. */
@Tag("socket")
class SharedPortTest {

  private ProgramChannel program;
  private SocketChannel side;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    program = new ProgramChannel(true);
    side = program.another();
  }

  @AfterEach
  void close() throws IOException {
    program.close();
    side.close();
  }

  private static int port(SocketChannel channel) throws IOException {
    return address(channel).getPort();
  }

  private static InetSocketAddress address(SocketChannel channel) throws IOException {
    // The channel itself does not know that it was bound.
    return HeJdk.localAddress(ProgramChannel.descriptor(channel));
  }

  private ConnectRequest request(InetAddress local, int port) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("host.example", 443);
    return new ConnectRequest(
        program,
        new ConnectRequest.Target(address, "host.example", RaceRule.DEFAULT, null),
        0,
        0,
        ConnectRequest.Bounds.of(local, port, null));
  }

  /** The program's value of SO_REUSEADDR is as it was afterwards, and the other socket's too. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sideSocketIsBoundToTheProgramsPort(boolean reuse) throws IOException {
    program.channel.setOption(SO_REUSEADDR, reuse);
    program.channel.bind(new InetSocketAddress(ProgramChannel.loopback(1), 0));
    int port = port(program.channel);
    FileDescriptor fd = ProgramChannel.descriptor(side);
    SharedPort.bind(request(ProgramChannel.loopback(1), port), fd, fd);
    assertEquals(new InetSocketAddress(ProgramChannel.loopback(1), port), address(side));
    assertEquals(reuse, program.channel.getOption(SO_REUSEADDR));
    assertEquals(reuse, side.getOption(SO_REUSEADDR));
  }

  /** The program's descriptor has lost its port, as a connect that is taken back makes it. */
  @Test
  void programsSocketIsBoundToItsPortAgain() throws IOException {
    side.bind(new InetSocketAddress(ProgramChannel.loopback(1), 0));
    int port = port(side);
    SharedPort.bind(request(null, port), ProgramChannel.descriptor(side), program.descriptor());
    assertEquals(port, port(program.channel));
    assertTrue(address(program.channel).getAddress().isAnyLocalAddress());
  }

  @Test
  void anyAddressOfASocketOfBothFamilies() throws IOException {
    close();
    program = new ProgramChannel(false);
    side = program.another();
    program.channel.bind(new InetSocketAddress(0));
    int port = port(program.channel);
    FileDescriptor fd = ProgramChannel.descriptor(side);
    SharedPort.bind(request(null, port), fd, fd);
    assertEquals(port, port(side));
    assertEquals(16, address(side).getAddress().getAddress().length);
  }

  @Test
  void portThatAnotherSocketListensOnIsNotShared() throws IOException {
    try (var listening = new ServerSocket(0, 1, ProgramChannel.loopback(2))) {
      FileDescriptor fd = ProgramChannel.descriptor(side);
      ConnectRequest request = request(ProgramChannel.loopback(2), listening.getLocalPort());
      assertThrows(IOException.class, () -> SharedPort.bind(request, fd, fd));
      assertFalse(program.channel.getOption(SO_REUSEADDR));
      assertFalse(side.getOption(SO_REUSEADDR));
    }
  }

  @Test
  void closedProgramsSocketIsLeftAlone() throws IOException {
    program.connecting = false;
    FileDescriptor fd = ProgramChannel.descriptor(side);
    assertThrows(ClosedChannelException.class, () -> SharedPort.bind(request(null, 1), fd, fd));
    assertNull(side.getLocalAddress());
    assertEquals(0, port(side));
  }
}
