package io.heagent.it.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.NameServiceFiles;
import io.heagent.it.lab.TimedWay;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.DnsServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Names with a public IPv6 address that is dead and a private IPv4 address that is good, from a
 * real DNS server, as internal dual-stack names look like; and what a stranger may put into his
 * names. Each JVM has a resolv.conf and hosts file of its own.
 */
@Tag("netns")
@Tag("beside-others")
@Tag("one-jdk")
@Timeout(120)
class ScopeIT {
  private static final String INTERNAL = "corp.internal";
  private static final String SEARCHED = "eu.corp.example";
  private static final String LISTED = "partner.example";
  private static final String STRANGE = "example.com";
  private static final String WRAPPED = "evil.example";

  private static final String PRIVATE = NetworkNamespace.GOOD.ipv4().getHostAddress();
  private static final String NOT_REACHED = "SocketTimeoutException";

  private static TempDirectory directory;
  private static DnsServer dns;
  private static BannerServer server;

  @BeforeAll
  static void open() throws Exception {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    directory = TempDirectory.create("scope");
    List<InetAddress> dual =
        List.of(NetworkNamespace.DROPPED.global(), NetworkNamespace.GOOD.ipv4());
    dns =
        new DnsServer(
            Loopback.address("127.0.0.2"),
            53,
            Map.of(
                INTERNAL, dual,
                SEARCHED, dual,
                STRANGE, dual,
                WRAPPED,
                    List.of(
                        NetworkNamespace.RESET.global(),
                        mapped(127, 0, 0, 1),
                        mapped(10, 99, 0, 1),
                        Loopback.address("2002:7f00:1::1"))));
    server = BannerServer.plain("::", 0);
    write("resolv.conf", "nameserver 127.0.0.2\nsearch corp.example\noptions timeout:5\n");
    write("nsswitch.conf", "hosts: files dns\n");
    StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
    for (TimedWay way : TimedWay.values()) {
      for (InetAddress address : dual) {
        hosts
            .append(address.getHostAddress())
            .append(' ')
            .append(ScopeProbe.host(way, LISTED))
            .append('\n');
      }
    }
    write("hosts", hosts.toString());
  }

  /** As a look-up delivers it; a literal would be an Inet4Address. */
  private static InetAddress mapped(int... ipv4) throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    for (int i = 0; i < 4; i++) {
      bytes[12 + i] = (byte) ipv4[i];
    }
    return Inet6Address.getByAddress(null, bytes, -1);
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(directory.path().resolve(name), text);
  }

  @AfterAll
  static void close() throws IOException {
    if (directory != null) {
      server.close();
      dns.close();
      directory.close();
    }
  }

  /** Raced for the site's own names, kept apart for a stranger's, which costs one line a name. */
  @Test
  void privateSiblingsOfTheSitesOwnNames() throws Exception {
    ForkedJvm.Outcome outcome = run("", INTERNAL, SEARCHED, LISTED, STRANGE);
    List<String> lines = new ArrayList<>();
    for (TimedWay way : TimedWay.values()) {
      for (String own : List.of(INTERNAL, SEARCHED, LISTED)) {
        assertEquals(PRIVATE, reached(outcome, way, own), outcome::toString);
      }
      assertEquals(NOT_REACHED, reached(outcome, way, STRANGE), outcome::toString);
      lines.add(
          "[he-agent] "
              + ScopeProbe.host(way, STRANGE)
              + ":"
              + server.port()
              + ": [2d00:99::3] failed or was late, and "
              + PRIVATE
              + " was not tried: private, and nothing says that the name is this site's own;"
              + " scope=any allows it, scope=strict silences this line");
    }
    assertEquals(new TreeSet<>(lines), new TreeSet<>(outcome.stderr().lines().toList()));
    assertEquals(lines.size(), outcome.stderr().lines().count(), outcome::stderr);
  }

  @Test
  void anyAllowsIt() throws Exception {
    ForkedJvm.Outcome outcome = run("host=*." + STRANGE + ",scope=any,host=*", STRANGE);
    assertEquals("", outcome.stderr());
    for (TimedWay way : TimedWay.values()) {
      assertEquals(PRIVATE, reached(outcome, way, STRANGE), outcome::toString);
    }
  }

  @Test
  void strictForbidsItAndOnlyDebugSaysSo() throws Exception {
    ForkedJvm.Outcome silent = run("scope=strict", INTERNAL);
    assertEquals("", silent.stderr());
    ForkedJvm.Outcome debug = run("scope=strict,log=debug", INTERNAL);
    for (TimedWay way : TimedWay.values()) {
      assertEquals(NOT_REACHED, reached(silent, way, INTERNAL), silent::toString);
      String line =
          "[he-agent] "
              + ScopeProbe.host(way, INTERNAL)
              + ":"
              + server.port()
              + ": "
              + PRIVATE
              + " is not tried: it is private, and [2d00:99::3], which was asked for, is not"
              + " (scope=strict)";
      assertEquals(1, debug.stderr().lines().filter(line::equals).count(), debug::stderr);
    }
  }

  /** The program has vetted a public address, and is not led to ::ffff:127.0.0.1. */
  @Test
  void publicAddressNeverLeadsToAnotherSpellingOfAPrivateOne() throws Exception {
    ForkedJvm.Outcome outcome = run("scope=strict", WRAPPED);
    for (TimedWay way : TimedWay.values()) {
      assertEquals("ConnectException", reached(outcome, way, WRAPPED), outcome::toString);
    }
    assertEquals("", outcome.stderr());
  }

  private static String reached(ForkedJvm.Outcome outcome, TimedWay way, String domain) {
    Facts facts = Facts.parse(outcome.stdout()).get(ScopeProbe.host(way, domain));
    return facts == null ? outcome.toString() : facts.get("reached");
  }

  private static ForkedJvm.Outcome run(String settings, String... domains) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(server.port()), "1500"));
    arguments.addAll(List.of(domains));
    String all = "history=off,delay=100ms" + (settings.isEmpty() ? "" : "," + settings);
    return ForkedJvm.onThisJdk()
        .under(NameServiceFiles.from(directory.path()))
        .limit(Duration.ofMinutes(1))
        .flags("-Djava.net.preferIPv6Addresses=true")
        .agent(RaceInNamespaceIT.AGENT, all)
        .run(ScopeProbe.class, arguments.toArray(new String[0]));
  }
}
