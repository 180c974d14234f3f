package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Dials;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.FtpServer;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Real clients that race or walk a list by themselves, or mean exactly one machine: what the kernel
 * sees them dial.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class OwnMindIT {
  private static final String LONG_MILLIS = "1500";

  /**
   * Whom a client dials first, so that neither its timeout nor the pause between two of its steps
   * is spent on loading classes: other agents change each of them, and take their time.
   */
  private static final String WARM = "warm.mind.test";

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static final Map<String, Dials> TRACES = new LinkedHashMap<>();
  private static final Map<String, ForkedJvm.Outcome> SEEN = new LinkedHashMap<>();
  private static int port;
  private static int ftp;
  private static HostsFile hosts;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(Strace.canTrace(), "no strace, or no right to use it");
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put("dead.mind.test", List.of(Hosts.DEAD, Hosts.DEAD_TOO, Hosts.GOOD));
    names.put("refused.mind.test", List.of(Hosts.REFUSED, Hosts.DEAD, Hosts.GOOD));
    names.put("none.mind.test", List.of(Hosts.DEAD, Hosts.DEAD_TOO, Hosts.REFUSED));
    names.put("dead-refused.mind.test", List.of(Hosts.DEAD, Hosts.REFUSED));
    names.put("refused-dead.mind.test", List.of(Hosts.REFUSED, Hosts.DEAD));
    names.put("ftp.mind.test", List.of(Hosts.GOOD, Hosts.SECOND));
    names.put(WARM, List.of("127.9.42.1", "127.9.42.2"));
    hosts = keep(HostsFile.of(names));
    List<String> all = List.of(Hosts.GOOD, Hosts.DEAD, Hosts.DEAD_TOO, Hosts.REFUSED, Hosts.SECOND);
    List<String> dialled = new ArrayList<>(all);
    dialled.addAll(names.get(WARM));
    port = FreePort.on(dialled);
    ftp = FreePort.on(all);
    keep(HttpOrigin.http(Hosts.GOOD, port));
    keep(BlackHole.on(Hosts.DEAD, port));
    keep(BlackHole.on(Hosts.DEAD_TOO, port));
    keep(BlackHole.on(names.get(WARM).get(0), port));
    keep(new FtpServer(Hosts.GOOD, ftp));
    keep(TalkServer.plain(Hosts.SECOND, ftp));
    Side.bySide(runs());
  }

  private static List<Callable<Void>> runs() throws Exception {
    String mysql = "/x?connectTimeout=" + LONG_MILLIS;
    String mssql = ";encrypt=false;loginTimeout=2;multiSubnetFailover=true";
    List<Callable<Void>> runs = new ArrayList<>();
    runs.add(run("okhttp dead", OkHttpProbe.class, "http://dead.mind.test:" + port));
    runs.add(run("okhttp refused", OkHttpProbe.class, "http://refused.mind.test:" + port));
    runs.add(jdbc("mssql", "jdbc:sqlserver://", "none.mind.test", mssql));
    runs.add(jdbc("mysql dead-refused", "jdbc:mysql://", "dead-refused.mind.test", mysql));
    runs.add(jdbc("mysql refused-dead", "jdbc:mysql://", "refused-dead.mind.test", mysql));
    runs.add(run("jedis", JedisProbe.class, "" + port, LONG_MILLIS, WARM, "none.mind.test"));
    runs.add(run("ftp", FtpProbe.class, "ftp.mind.test", "" + ftp));
    return runs;
  }

  private static Callable<Void> jdbc(String name, String scheme, String host, String options)
      throws Exception {
    String end = ":" + port + options;
    return run(name, JdbcProbe.class, scheme + WARM + end, scheme + host + end);
  }

  private static Callable<Void> run(String name, Class<?> probe, String... arguments)
      throws Exception {
    Dials strace = keep(new Dials());
    TRACES.put(name, strace);
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .withLibraries()
            .flags(hosts.flag())
            .agent(AgentLab.JAR, "delay=100ms,log=debug");
    return () -> {
      ForkedJvm.Outcome outcome = strace.traced(jvm).run(probe, arguments);
      System.out.println(name + ":\n" + outcome.stdout() + outcome.stderr());
      synchronized (SEEN) {
        SEEN.put(name, outcome);
      }
      return null;
    };
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  /** OkHttp's fast fallback dials each address once, 250 ms apart, and is left to it. */
  @Test
  void okHttpRacesByItself() throws Exception {
    assertEquals("200", facts("okhttp dead").get("code"));
    assertEquals(List.of(1L, 1L, 1L), dials("okhttp dead", Hosts.DEAD, Hosts.DEAD_TOO, Hosts.GOOD));
    assertRacedBySelf("okhttp dead");
  }

  /** An attempt that fails at once leaves the agent no time to see that OkHttp races. */
  @Test
  void okHttpRacesByItselfWhereTheFirstRefuses() throws Exception {
    assertEquals("200", facts("okhttp refused").get("code"));
    assertEquals(
        List.of(1L, 1L, 1L), dials("okhttp refused", Hosts.REFUSED, Hosts.DEAD, Hosts.GOOD));
    assertRacedBySelf("okhttp refused");
  }

  /** The driver dials all addresses at once, and again until its time for the log-in is over. */
  @Test
  void sqlServersDriverRacesByItself() throws Exception {
    List<Long> dials = dials("mssql", Hosts.DEAD, Hosts.DEAD_TOO, Hosts.REFUSED);
    // The last round may be cut short.
    assertTrue(dials.get(0) >= 1, dials::toString);
    assertTrue(Collections.max(dials) - Collections.min(dials) <= 1, dials::toString);
    assertRacedBySelf("mssql");
  }

  /**
   * It goes on after a SocketException, as which a refusal of the first address has to come. The
   * other one is dialled again for its own step.
   */
  @Test
  void mySqlsDriverWalksOnAfterARefusal() throws Exception {
    assertEquals("java.net.SocketTimeoutException", facts("mysql refused-dead").get("cause"));
    assertEquals(List.of(1L), dials("mysql refused-dead", Hosts.REFUSED));
    assertEquals(List.of(2L), dials("mysql refused-dead", Hosts.DEAD));
  }

  /** A time-out ends it, though the sibling has refused. */
  @Test
  void mySqlsDriverEndsWithATimeout() throws Exception {
    assertEquals("java.net.SocketTimeoutException", facts("mysql dead-refused").get("cause"));
    assertEquals(List.of(1L, 1L), dials("mysql dead-refused", Hosts.DEAD, Hosts.REFUSED));
  }

  /**
   * In an order of its own. The address that it asks for first is dialled once, by the race of the
   * first step; the others by that race and by the step that asks for them.
   */
  @Test
  void jedisWalks() throws Exception {
    assertEquals("JedisConnectionException", facts("jedis").get("outcome"));
    String[] all = {Hosts.DEAD, Hosts.DEAD_TOO, Hosts.REFUSED};
    Dials jedis = TRACES.get("jedis");
    assertEquals(1, jedis.dials(jedis.first(all)));
    assertWalked(dials("jedis", all));
  }

  /** Neither the control connection of a good host nor any data connection leads elsewhere. */
  @Test
  void ftpMeansOneMachine() throws Exception {
    Map<String, Facts> seen = Facts.parse(SEEN.get("ftp").stdout());
    for (String way : List.of("EPSV", "PASV", "the JDK's", "active")) {
      assertEquals(FtpServer.CONTENT, seen.get(way + ", anonymous").get("content"), way);
    }
    for (String way : List.of("EPSV", "PASV", "the JDK's")) {
      assertEquals("java.net.ConnectException", seen.get(way + ", refused").get("failure"), way);
    }
    assertEquals(0, TRACES.get("ftp").dials(Hosts.SECOND));
    assertTrue(TRACES.get("ftp").dials(Hosts.GOOD) >= 7);
    assertFalse(SEEN.get("ftp").stderr().contains("tried:"), SEEN.get("ftp").stderr());
  }

  /** What the probe noted last. */
  private static Facts facts(String name) {
    List<Facts> all = List.copyOf(Facts.parse(SEEN.get(name).stdout()).values());
    return all.get(all.size() - 1);
  }

  private static List<Long> dials(String name, String... addresses) throws Exception {
    List<Long> dials = new ArrayList<>();
    for (String address : addresses) {
      dials.add(TRACES.get(name).dials(address));
    }
    return dials;
  }

  /**
   * The race of the first step has dialled each address; the step that asks for an address may have
   * dialled it again.
   */
  private static void assertWalked(List<Long> dials) {
    assertTrue(dials.stream().allMatch(times -> times == 1 || times == 2), dials::toString);
  }

  /** The agent prints a line for each race. None went beyond the one address. */
  private static void assertRacedBySelf(String name) {
    String said = SEEN.get(name).stderr().replaceAll("(?m)^.* " + WARM + ":.*\\R", "");
    assertFalse(said.contains("addresses tried"), said);
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
