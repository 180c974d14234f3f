package io.heagent.it.failover.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.RedisAnswers;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ordinary programs that look as if they raced or walked by themselves, in a JVM of their own. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class ShapesIT {
  private static final String CONNECTED = "" + 3 * ShapesProbe.THREADS;

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static final List<String> USED = new ArrayList<>();
  private static Map<String, Facts> seen;

  @BeforeAll
  static void open() throws Exception {
    Map<String, List<String>> names = new LinkedHashMap<>();
    List<String> deadGood = List.of("sockets", "jedis", "netty", "beside", "checker");
    int third = 50;
    for (String name :
        List.of(
            "sockets",
            "jedis",
            "netty",
            "beside",
            "warm",
            "checker",
            "returns",
            "retry",
            "async",
            "blocking",
            "channel",
            "asynchronous")) {
      String net = "127.9." + third++ + ".";
      names.put(name + ".shape.test", List.of(net + "1", net + "2"));
    }
    names.values().forEach(USED::addAll);
    int port = FreePort.on(USED);
    for (String name : deadGood) {
      List<String> both = names.get(name + ".shape.test");
      keep(BlackHole.on(both.get(0), port));
      keep(
          name.equals("jedis")
              ? RedisAnswers.on(both.get(1), port)
              : HttpOrigin.http(both.get(1), port));
    }
    for (String name : List.of("blocking", "channel", "asynchronous")) {
      keep(BlackHole.on(names.get(name + ".shape.test").get(1), port));
    }
    keep(HttpOrigin.http(names.get("warm.shape.test").get(0), port));
    HostsFile hosts = keep(HostsFile.of(names));
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .withLibraries()
            .limit(Duration.ofMinutes(4))
            .flags(hosts.flag())
            // One name has a longer delay, so that OkHttp's own race goes on before the agent dials
            // further addresses for the other connect.
            .agent(AgentLab.JAR, "host=beside.shape.test,delay=1s,host=*,delay=250ms")
            .run(ShapesProbe.class, "" + port);
    System.out.println(outcome.stdout() + outcome.stderr());
    seen = Facts.parse(outcome.stdout());
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  /** Each thread has an address of its own, one half the dead one; all of them connect. */
  @ParameterizedTest
  @ValueSource(strings = {"sockets", "jedis", "netty"})
  void strangersInAPoolAreCured(String pool) {
    Facts facts = seen.get(pool);
    assertEquals("", facts.get("failure"));
    assertEquals(CONNECTED, facts.get("connected"));
    assertEquals("0", facts.get("late"));
  }

  @Test
  void aSocketBesideOkHttpIsCured() {
    assertEquals("200", seen.get("beside okhttp").get("code"));
    assertEquals("200", seen.get("beside okhttp").get("okhttp"));
  }

  @Test
  void aHealthCheckerIsCured() {
    for (int i = 0; i < 4; i++) {
      assertEquals("connected", seen.get("health checker").get("check " + i));
    }
  }

  /**
   * A program that dials again what has just been silent gets a real dial, and not a failure
   * without one.
   */
  @Test
  void aHealthCheckerDialsEachAddress() {
    assertEquals("SocketTimeoutException", seen.get("health checker of two dead").get("check 0"));
    assertEquals("connected", seen.get("health checker of two dead").get("check 1"));
  }

  @Test
  void aRetryDials() {
    assertEquals("SocketTimeoutException", seen.get("retry").get("first"));
    assertEquals("connected", seen.get("retry").get("second"));
  }

  @Test
  void afterAWalkOverChannelsTheNextRequestIsCured() {
    Facts facts = seen.get("apache async");
    assertEquals("ConnectTimeoutException", facts.get("first"));
    assertEquals("200", facts.get("second"));
    assertEquals("false", facts.get("late"));
  }

  /** The type is that of the requested address, the message tells of both. */
  @ParameterizedTest
  @ValueSource(strings = {"blocking", "channel", "asynchronous"})
  void aRefusalIsNotHeldBackForEverByASilentSibling(String way) {
    Facts facts = seen.get("refused then silent, " + way);
    assertEquals("java.net.ConnectException", facts.get("end"));
    String message = facts.get("message");
    assertTrue(message.contains(".1") && message.contains(".2"), message);
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
