package io.heagent.agent.netty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heagent.agent.config.Settings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of native transports that are not raced: one line each, once. */
class NativeTransportsTest {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final NativeTransports raced = new NativeTransports(Settings.Native.RACE);
  private final NativeTransports sentThroughNio = new NativeTransports(Settings.Native.JDK);
  private final List<String> properties = new ArrayList<>();

  NativeTransportsTest() {
    System.setErr(new PrintStream(printed, true, UTF_8));
  }

  @AfterEach
  void putBack() {
    System.setErr(before);
    properties.forEach(System::clearProperty);
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  private static void load(NativeTransports transports, String name) {
    ClassLoader loader = NativeTransportsTest.class.getClassLoader();
    assertNull(transports.found(loader, name, false, new byte[0]));
  }

  @ParameterizedTest
  @CsvSource({
    "a/channel/uring/IoUringSocketChannel, io_uring of a.channel",
    "b/channel/uring/IOUringSocketChannel, io_uring of b.channel",
    "io/netty/channel/kqueue/KQueueSocketChannel, kqueue of io.netty.channel"
  })
  void eachIsSaidOnceWithTheSettingThatHelps(String name, String what) {
    load(raced, name);
    load(raced, name);
    String line = "[he-agent] " + what + " is not raced; native=jdk has Netty use NIO, which is";
    assertEquals(List.of(line), lines());
  }

  @Test
  void awsCrtIsSaidOnce() {
    load(raced, "software/amazon/awssdk/crt/CRT");
    load(raced, "software/amazon/awssdk/crt/CRT");
    assertEquals(
        List.of("[he-agent] the AWS CRT client is native code, and its connects are not raced"),
        lines());
  }

  @ParameterizedTest
  @CsvSource({
    "c/channel/uring/IoUring, c.transport.noNative",
    "i/netty/incubator/channel/uring/IOUring, i.netty.transport.noNative",
    "d/e/channel/kqueue/KQueue, d.e.transport.noNative",
    "f/channel/epoll/Epoll, f.transport.noNative"
  })
  void nativeJdkSetsThePropertyOfEachCopy(String name, String property) {
    properties.add(property);
    load(sentThroughNio, name);
    assertEquals("true", System.getProperty(property));
    assertEquals(List.of(), lines());
  }

  /** Only where the class that asks for it is loaded, and not over the program's own value. */
  @Test
  void nativeJdkLeavesWhatTheProgramHasSet() {
    properties.add("g.transport.noNative");
    System.setProperty("g.transport.noNative", "false");
    load(sentThroughNio, "g/channel/epoll/Epoll");
    assertEquals("false", System.getProperty("g.transport.noNative"));
  }

  @Test
  void aProgramThatIsAttachedToIsToldOfEpollOnce() {
    raced.tooLate("h.channel.epoll.AbstractEpollChannel");
    raced.tooLate("h.channel.epoll.AbstractEpollChannel");
    assertEquals(
        List.of(
            "[he-agent] Netty's epoll transport (h.channel.epoll.AbstractEpollChannel) was loaded"
                + " before the agent and is not raced"),
        lines());
  }

  @Test
  void aCopyThatIsNotWovenWholeIsSaidOnce() {
    raced.tellIncomplete(NativeTransportsTest.class);
    raced.tellIncomplete(NativeTransportsTest.class);
    assertEquals(
        List.of(
            "[he-agent] io.heagent.agent.netty.NativeTransportsTest is not raced: not all classes"
                + " of this copy of Netty were loaded by one class loader while the agent was there"
                + " (native=jdk has Netty use NIO)"),
        lines());
  }
}
