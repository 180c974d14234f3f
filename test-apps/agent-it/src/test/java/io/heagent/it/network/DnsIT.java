package io.heagent.it.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.check.PrintedCheck;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.NameServiceFiles;
import io.heagent.it.lab.Together;
import io.heagent.it.network.DnsProbe.Client;
import io.heagent.it.startup.Command;
import io.heagent.testkit.DnsFault;
import io.heagent.testkit.DnsServer;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Each of {slow, lost, SERVFAIL, NXDOMAIN, empty} for each of {A, AAAA}, from a real DNS server,
 * the other record being all right: what programs reach, and whether they waited for it. What must
 * not wait has {@link DnsServer#SLOW_MILLIS} for it, and some milliseconds are what it takes.
 */
@Tag("netns")
@Order(1)
@Tag("beside-others")
class DnsIT {
  private static final String IPV4 = NetworkNamespace.GOOD.ipv4().getHostAddress();
  private static final String IPV6 = NetworkNamespace.GOOD.ipv6().getHostAddress();
  private static final String CHECK = "check --resolve fast slow-aaaa.shop.test";
  private static final String NOTHING = "UnknownHostException";

  /** JDK 17 cannot ask for IPv6 addresses alone. */
  private static final boolean APART = Runtime.version().feature() >= 18;

  private static TempDirectory directory;
  private static DnsServer dns;
  private static HttpOrigin http;
  private static Map<String, Facts> jdk;
  private static Map<String, Facts> fast;

  /** What became of a connect: what was reached, and whether that took the time of a wait. */
  private record Seen(String reached, boolean waited) {}

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    directory = TempDirectory.create("dns");
    dns =
        new DnsServer(
            Loopback.address("127.0.0.1"),
            53,
            NetworkNamespace.GOOD.ipv4(),
            NetworkNamespace.GOOD.ipv6(),
            NetworkNamespace.DROPPED.ipv4());
    http = HttpOrigin.http("::", 0);
    // Longer than what is slow, and no second try: the tests have to wait for what is lost.
    write("resolv.conf", "nameserver 127.0.0.1\noptions timeout:4 attempts:1\n");
    // Another source might ask a service outside the namespace.
    write("nsswitch.conf", "hosts: files dns\n");
    List<Map<String, Facts>> both = Together.run(() -> facts("jdk"), () -> facts("fast"));
    jdk = both.get(0);
    fast = both.get(1);
  }

  private static void write(String name, String text) throws IOException {
    assumeTrue(Files.exists(Path.of("/etc", name)), () -> "there is no " + name + " to replace");
    Files.writeString(directory.path().resolve(name), text);
  }

  private static Map<String, Facts> facts(String resolve) throws Exception {
    ForkedJvm.Outcome outcome =
        ForkedJvm.onThisJdk()
            .under(NameServiceFiles.from(directory.path()))
            .limit(Duration.ofMinutes(2))
            .agent(RaceInNamespaceIT.AGENT, "resolve=" + resolve)
            .run(DnsProbe.class, Integer.toString(http.port()), resolve);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode(), outcome::stdout);
    return Facts.parse(outcome.stdout());
  }

  @AfterAll
  static void close() throws IOException {
    if (directory != null) {
      http.close();
      dns.close();
      directory.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> resolveJdk() {
    return tests("jdk", jdk);
  }

  @TestFactory
  Stream<DynamicTest> resolveFast() {
    return tests("fast", fast);
  }

  private static Stream<DynamicTest> tests(String resolve, Map<String, Facts> seen) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Client client : Client.values()) {
      boolean early = client == Client.UNRESOLVED || resolve.equals("fast");
      boolean apart = early && client != Client.ALL_ADDRESSES;
      for (DnsFault fault : DnsFault.values()) {
        for (String type : List.of("A", "AAAA")) {
          String host = client.host(fault, type, resolve);
          Seen expected = expected(fault, type, apart);
          if (client == Client.ALL_ADDRESSES && fault == DnsFault.NONE) {
            expected = new Seen(IPV4 + " " + IPV6, false);
          } else if (client == Client.ALL_ADDRESSES && fault == DnsFault.SLOW) {
            expected = new Seen(IPV4 + " " + IPV6, true);
          }
          Seen last = expected;
          tests.add(dynamicTest(host, () -> check(client, fault, last, seen.get(host))));
        }
      }
    }
    return tests.stream();
  }

  private static void check(Client client, DnsFault fault, Seen expected, Facts facts) {
    Seen seen = seen(facts);
    // On a busy machine two answers that are sent at once may arrive 50 ms apart.
    boolean either = client == Client.UNRESOLVED && fault == DnsFault.NONE;
    boolean other = either && seen.equals(new Seen(IPV6, false));
    assertEquals(expected, other ? expected : seen, facts.name());
  }

  private static Seen expected(DnsFault fault, String type, boolean apart) {
    boolean ipv4 = type.equals("A");
    return switch (fault) {
      case NONE -> new Seen(IPV4, false);
      case SERVFAIL, NXDOMAIN, EMPTY -> new Seen(ipv4 ? IPV6 : IPV4, false);
      case SLOW -> ipv4 && apart && APART ? new Seen(IPV6, false) : new Seen(IPV4, !apart || ipv4);
      case LOST ->
          ipv4
              ? apart && APART ? new Seen(IPV6, false) : new Seen(NOTHING, true)
              : new Seen(IPV4, !apart);
    };
  }

  private static Seen seen(Facts facts) {
    boolean waited = Long.parseLong(facts.get("ms")) >= DnsServer.SLOW_MILLIS;
    String reached = facts.get("reached");
    // By this exception the JDK's HttpClient says that a name is not known.
    return new Seen(reached.equals("UnresolvedAddressException") ? NOTHING : reached, waited);
  }

  /** The first address is a black hole; the one that answers only becomes known meanwhile. */
  @Test
  void lateAnswersJoinTheRunningRace() {
    for (Client client : List.of(Client.UNRESOLVED, Client.SOCKET)) {
      for (String resolve : List.of("jdk", "fast")) {
        String host = client.host(DnsFault.SLOW, "AAAA", resolve + ".dead");
        Facts facts = (resolve.equals("jdk") ? jdk : fast).get(host);
        assertEquals(new Seen(IPV6, true), seen(facts), host);
      }
    }
  }

  /** {@code check} shows both look-ups, and the document what it prints. */
  @Test
  void aCheckShowsTheLateAnswer() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../../docs/check.md"));
    int command = lines.indexOf("$ java -jar he-agent.jar " + CHECK + ":" + PrintedCheck.PORT);
    List<String> written =
        lines.subList(command + 1, command + lines.subList(command, lines.size()).indexOf("```"));
    List<String> words = new ArrayList<>(List.of("-Dstdout.encoding=UTF-8", "-jar"));
    words.add(RaceInNamespaceIT.AGENT.toString());
    words.addAll(List.of((CHECK + ":" + http.port()).split(" ", -1)));
    ForkedJvm.Outcome outcome =
        Command.under(
            NameServiceFiles.from(directory.path()), "java", words.toArray(String[]::new));
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    if (APART) {
      assertEquals(
          PrintedCheck.form(String.join("\n", written), 0),
          PrintedCheck.form(outcome.stdout(), http.port()));
    } else {
      assertTrue(outcome.stdout().matches("(?s).* late +IPv4 and IPv6\n.*"), outcome::stdout);
    }
  }

  /** No name is asked for again while the JDK would have it in its cache. */
  @Test
  void resultsReachTheCacheOfTheJdk() {
    for (String resolve : List.of("jdk", "fast")) {
      for (DnsFault fault : List.of(DnsFault.NONE, DnsFault.SLOW)) {
        String host = Client.UNRESOLVED.host(fault, "AAAA", resolve);
        Facts again = (resolve.equals("jdk") ? jdk : fast).get("again " + host);
        assertEquals(new Seen(IPV4 + " " + IPV6, false), seen(again), host);
        assertAskedOnce(host);
      }
    }
  }

  @Test
  void thatThereIsNoSuchNameReachesTheCacheOfTheJdk() {
    for (String resolve : List.of("jdk", "fast")) {
      for (int i = 1; i <= 2; i++) {
        Facts facts = (resolve.equals("jdk") ? jdk : fast).get(i + " absent." + resolve + ".test");
        assertEquals(new Seen(NOTHING, false), seen(facts));
      }
      assertAskedOnce("absent." + resolve + ".test");
    }
  }

  private static void assertAskedOnce(String host) {
    assertEquals(1, dns.questions(host, "AAAA"), host);
    // JDK 17 asks for IPv4 alone and for both families together, unless one answer comes before the
    // other question.
    int most = APART ? 1 : 2;
    int asked = dns.questions(host, "A");
    assertTrue(asked >= 1 && asked <= most, () -> host + " " + asked);
  }
}
