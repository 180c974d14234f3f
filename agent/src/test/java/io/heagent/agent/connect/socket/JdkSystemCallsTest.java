package io.heagent.agent.connect.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.connect.fake.bridge.RealSockets;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/** What a race asks of the system, on real descriptors of loopback. */
@Tag("socket")
class JdkSystemCallsTest {

  private static final ProtocolFamily IPV4 = StandardProtocolFamily.INET;

  private final JdkSystemCalls system = new JdkSystemCalls(new OptionsInUse());
  private final List<AutoCloseable> open = new ArrayList<>();
  private SocketChannel channel;
  private FileDescriptor fd;
  private ServerSocket server;

  @BeforeAll
  static void defineBridge() {
    RealSockets.define();
  }

  @BeforeEach
  void open() throws IOException {
    channel = socket(true);
    fd = ProgramChannel.descriptor(channel);
    server = new ServerSocket(0, 5, ProgramChannel.loopback(1));
    open.add(server);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private SocketChannel socket(boolean ipv4) throws IOException {
    SocketChannel made = ipv4 ? SocketChannel.open(IPV4) : SocketChannel.open();
    open.add(made);
    return made;
  }

  private int connect(FileDescriptor descriptor) throws IOException {
    return HeJdk.connect(IPV4, descriptor, ProgramChannel.loopback(1), server.getLocalPort());
  }

  /** A descriptor whose connect nobody answers. */
  private FileDescriptor pending() throws IOException {
    ServerSocket full = new ServerSocket(0, 1, ProgramChannel.loopback(3));
    open.add(full);
    FileDescriptor last = null;
    for (int i = 0; i < 3; i++) {
      last = ProgramChannel.descriptor(socket(true));
      system.configureBlocking(last, false);
      HeJdk.connect(IPV4, last, ProgramChannel.loopback(3), full.getLocalPort());
    }
    return last;
  }

  @Test
  void defaultsAreReadOncePerJvm() {
    assertSame(system.defaults(), system.defaults());
  }

  @Test
  void modeOfADescriptorIsChanged() throws IOException {
    assertEquals(HeHook.CONNECTED, connect(fd));
    FileDescriptor other = ProgramChannel.descriptor(socket(true));
    system.configureBlocking(other, false);
    assertEquals(HeHook.PENDING, connect(other));
    FileDescriptor third = ProgramChannel.descriptor(socket(true));
    system.configureBlocking(third, false);
    system.configureBlocking(third, true);
    assertEquals(HeHook.CONNECTED, connect(third));
  }

  @Test
  void connectThatIsTakenBackCanBeMadeAnew() throws IOException {
    assertTrue(system.canDisconnect());
    connect(fd);
    // Else the system would say that it is connected already.
    system.disconnect(fd, true);
    assertEquals(HeHook.CONNECTED, connect(fd));
  }

  /** After an IPv4 address Linux would keep it on IPv4. */
  @Test
  void socketOfBothFamiliesReachesIpv6Again() throws IOException {
    InetAddress six = InetAddress.getByName("::1");
    ServerSocket ipv6 = null;
    try {
      ipv6 = new ServerSocket(0, 5, six);
    } catch (IOException none) {
      assumeTrue(false, "a system without ::1");
    }
    open.add(ipv6);
    FileDescriptor both = ProgramChannel.descriptor(socket(false));
    ProtocolFamily family = StandardProtocolFamily.INET6;
    HeJdk.connect(family, both, ProgramChannel.loopback(1), server.getLocalPort());
    system.disconnect(both, false);
    system.forgetIpv4(both);
    assertEquals(HeHook.CONNECTED, HeJdk.connect(family, both, six, ipv6.getLocalPort()));
  }

  @Test
  void endedConnectHangsUp() throws IOException {
    FileDescriptor ended = pending();
    system.endConnect(ended);
    system.poll(ended, -1);
    system.poll(List.of(ended), -1);
  }

  @Test
  void anyOfSeveralEndsTheWait() throws IOException {
    FileDescriptor silent = pending();
    connect(fd);
    system.poll(List.of(silent, fd), -1);
    system.poll(List.of(fd, silent), -1);
    system.poll(fd, -1);
  }

  @Test
  void waitEndsInTime() throws IOException {
    FileDescriptor silent = pending();
    long begin = System.nanoTime();
    system.poll(List.of(silent), 20);
    system.poll(List.of(), 20);
    system.poll(silent, 20);
    // poll(2) counts in whole milliseconds of its own clock.
    assertTrue(System.nanoTime() - begin >= 57_000_000L);
  }

  @Test
  void clockIsTheJvms() {
    long before = System.nanoTime();
    long now = system.nanoTime();
    assertTrue(now - before >= 0 && System.nanoTime() - now >= 0);
  }

  @Test
  void parkedThreadIsWoken() throws InterruptedException {
    system.unpark(Thread.currentThread());
    system.park(this, Long.MAX_VALUE);
    Thread parked = new Thread(() -> system.park(this, Long.MAX_VALUE));
    parked.setDaemon(true);
    parked.start();
    while (parked.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    system.unpark(parked);
    parked.join();
  }

  @Test
  void threadsOfTheJvmAreNotVirtual() throws Exception {
    assertFalse(system.isVirtualThread());
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    Runnable ask = () -> virtual.complete(system.isVirtualThread());
    if (Runtime.version().feature() < 21) {
      assertThrows(IOException.class, () -> system.startVirtualThread(ask));
    } else {
      system.startVirtualThread(ask);
      assertTrue(virtual.join());
    }
    assertEquals(HeHook.isHidden(), system.isTraceMadeAnew());
  }

  /** To copy them would call a method of the program in the middle of a race. */
  @Test
  void virtualThreadsInheritNoThreadLocals() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
    InheritableThreadLocal<String> ofProgram = new InheritableThreadLocal<>();
    ofProgram.set("program's");
    try {
      CompletableFuture<Boolean> inherited = new CompletableFuture<>();
      system.startVirtualThread(() -> inherited.complete(ofProgram.get() != null));
      assertFalse(inherited.join());
    } finally {
      ofProgram.remove();
    }
  }
}
