package io.heagent.it.netty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels of Netty's epoll transport are raced as those of the JDK are. */
@Tag("jvm")
@Tag("beside-others")
class NettyIT extends NettyCase {
  private static final int TIMEOUT = 3_000;

  /**
   * Used where nothing is raced: a longer wait for an address that does not answer changes nothing.
   */
  private static final int UNRACED_TIMEOUT = 1_000;

  private static final String REFUSED =
      "io.netty.channel.AbstractChannel$AnnotatedConnectException";
  private static final String SILENT = "io.netty.channel.ConnectTimeoutException";
  private static final String CONNECTED = "[active, inactive]";

  private static String host(Scenario scenario) {
    return scenario.host(Service.TALK);
  }

  /** Connects to these hosts in order. */
  private static Map<String, Facts> run(ForkedJvm jvm, int timeout, Scenario... scenarios)
      throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(lab.port(), timeout));
    for (Scenario scenario : scenarios) {
      arguments.add(host(scenario));
    }
    return Side.facts(jvm, NettyProbe.class, arguments.toArray());
  }

  private static void assertConnected(Map<String, Facts> all, Scenario scenario) {
    Facts seen = all.get(host(scenario));
    assertAll(
        () -> assertEquals(Service.TALK.address(), seen.get("remote"), seen::toString),
        () -> assertEquals(host(scenario), seen.get("host"), seen::toString),
        () -> assertEquals("with its peer", seen.get("talk"), seen::toString),
        () -> assertEquals("echo", seen.get("echo"), seen::toString),
        () -> assertEquals(options(scenario), seen.get("options"), seen::toString),
        () -> assertEquals(CONNECTED, seen.get("events"), seen::toString));
  }

  private static String options(Scenario scenario) {
    int linger = host(scenario).startsWith("dead-") ? 3 : -1;
    String congestion = scenario == Scenario.DEAD_REFUSED_GOOD ? "reno" : usual();
    return "true true " + linger + " true 16 77 true 3 " + congestion;
  }

  /** What new sockets have, as far as the probe reads it. */
  private static String usual() {
    try {
      String name = Files.readString(Path.of("/proc/sys/net/ipv4/tcp_congestion_control")).strip();
      return name.substring(0, Math.min(4, name.length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertFailed(Map<String, Facts> all, Scenario scenario, String type) {
    Facts seen = all.get(host(scenario));
    assertAll(
        () -> assertEquals(type, seen.get("failure"), seen::toString),
        () -> assertEquals("[]", seen.get("events"), seen::toString));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("every-jdk")
  void eachSiblingThatAnswersIsReached(NettyJars netty) throws Exception {
    Map<String, Facts> all =
        run(
            netty.agent(lab, "history=off"),
            TIMEOUT,
            Scenario.GOOD_FIRST,
            Scenario.DEAD_FIRST,
            Scenario.REFUSED_FIRST,
            Scenario.DEAD_REFUSED_GOOD,
            Scenario.ALL_DEAD,
            Scenario.ALL_REFUSED,
            Scenario.SINGLE);
    System.out.println(netty + ": " + all.values());
    assertAll(
        () -> assertConnected(all, Scenario.GOOD_FIRST),
        () -> assertConnected(all, Scenario.SINGLE),
        () -> assertConnected(all, Scenario.DEAD_FIRST),
        () -> assertConnected(all, Scenario.REFUSED_FIRST),
        () -> assertConnected(all, Scenario.DEAD_REFUSED_GOOD),
        () -> assertFailed(all, Scenario.ALL_DEAD, SILENT),
        () -> assertFailed(all, Scenario.ALL_REFUSED, REFUSED));
    // A descriptor that is replaced loses its close-on-exec flag, but Netty's sockets do not have
    // that flag.
    String kept = all.get(host(Scenario.GOOD_FIRST)).get("closed on exec");
    assertEquals(kept, all.get(host(Scenario.DEAD_FIRST)).get("closed on exec"));
    assertEquals(kept, all.get(host(Scenario.REFUSED_FIRST)).get("closed on exec"));
    // The probe switches TCP_QUICKACK off before it connects. The handshake of a descriptor
    // switches
    // it on again; a winner's connection gets the channel's value after its handshake.
    assertEquals("false", all.get(host(Scenario.DEAD_FIRST)).get("quickack"));
    assertEquals("false", all.get(host(Scenario.REFUSED_FIRST)).get("quickack"));
    String told = all.get(host(Scenario.ALL_REFUSED)).get("message");
    assertTrue(told.contains(AgentLab.REFUSED.get(1)), told);
  }

  @ParameterizedTest
  @Tag("one-jdk")
  @Tag("every-jdk-nightly")
  @EnumSource
  void historyBeginsWithWhatAnswered(NettyJars netty) throws Exception {
    Map<String, Facts> all =
        run(
            netty.agent(lab, "delay=50ms"),
            TIMEOUT,
            Scenario.GOOD_FIRST,
            Scenario.DEAD_FIRST,
            Scenario.REFUSED_FIRST,
            Scenario.DEAD_REFUSED_GOOD);
    assertAll(
        () -> assertConnected(all, Scenario.DEAD_FIRST),
        () -> assertConnected(all, Scenario.DEAD_REFUSED_GOOD));
  }

  @ParameterizedTest
  @Tag("every-jdk-nightly")
  @EnumSource
  void adoptionByRedialIsTheSame(NettyJars netty) throws Exception {
    Map<String, Facts> all =
        run(
            netty.agent(lab, "adoption=redial,history=off"),
            TIMEOUT,
            Scenario.GOOD_FIRST,
            Scenario.DEAD_FIRST,
            Scenario.REFUSED_FIRST,
            Scenario.DEAD_REFUSED_GOOD,
            Scenario.ALL_REFUSED);
    assertAll(
        () -> assertConnected(all, Scenario.GOOD_FIRST),
        () -> assertConnected(all, Scenario.DEAD_FIRST),
        () -> assertConnected(all, Scenario.REFUSED_FIRST),
        () -> assertConnected(all, Scenario.DEAD_REFUSED_GOOD),
        () -> assertFailed(all, Scenario.ALL_REFUSED, REFUSED));
  }

  @ParameterizedTest
  @Tag("one-jdk")
  @EnumSource
  @Tag("every-jdk-nightly")
  void nativeOffLeavesItAlone(NettyJars netty) throws Exception {
    assertUnraced(netty.agent(lab, "native=off"));
  }

  @ParameterizedTest
  @Tag("one-jdk")
  @EnumSource
  @Tag("every-jdk-nightly")
  void withoutTheAgentTheFirstAddressIsTheOnlyOne(NettyJars netty) throws Exception {
    assertUnraced(netty.plain(lab));
  }

  private static void assertUnraced(ForkedJvm jvm) throws Exception {
    Map<String, Facts> all =
        run(jvm, UNRACED_TIMEOUT, Scenario.GOOD_FIRST, Scenario.DEAD_FIRST, Scenario.REFUSED_FIRST);
    assertAll(
        () -> assertConnected(all, Scenario.GOOD_FIRST),
        () -> assertEquals(SILENT, all.get(host(Scenario.DEAD_FIRST)).get("failure")),
        () -> assertFailed(all, Scenario.REFUSED_FIRST, REFUSED));
  }

  /**
   * A program that names the epoll transport itself, as the probe does, gets an error from Netty
   * that says that it is switched off.
   */
  @ParameterizedTest
  @Tag("one-jdk")
  @EnumSource
  @Tag("every-jdk-nightly")
  void nativeJdkSwitchesItOff(NettyJars netty) throws Exception {
    ForkedJvm.Outcome outcome =
        netty
            .agent(lab, "native=jdk")
            .run(NettyProbe.class, String.valueOf(lab.port()), "1000", host(Scenario.GOOD_FIRST));
    assertTrue(outcome.stderr().contains("transport.noNative"), outcome::stderr);
  }
}
