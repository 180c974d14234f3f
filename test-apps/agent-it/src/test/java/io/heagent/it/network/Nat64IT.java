package io.heagent.it.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.examples.jdk.PlainSocketClient;
import io.heagent.examples.jdk.SelectorClient;
import io.heagent.examples.jdk.SocketChannelClient;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A host without IPv4 to the Internet, in a network with a NAT64 translator whose prefix
 * ipv4only.arpa tells (RFC 7050): unmodified clients reach IPv4 literals and names with IPv4
 * addresses only. The translator's far side is the namespace itself.
 */
@Tag("netns")
@Tag("beside-others")
@Tag("one-jdk")
@Timeout(120)
class Nat64IT {
  private static final Path AGENT =
      Path.of(System.getProperty("heagent.jar", "../../agent/target/he-agent.jar"))
          .toAbsolutePath();

  private static final String LITERAL = "198.51.100.7";
  private static final String TRANSLATED = "2001:db8:64:0:0:0:c633:6407";

  private static final Map<String, List<String>> TRANSLATOR =
      Map.of(
          "v4only.test", List.of(LITERAL),
          "two.test", List.of(LITERAL, "198.51.100.8"),
          "ipv4only.arpa", List.of("192.0.0.170", "192.0.0.171", "2001:db8:64::c000:aa"));

  private static final Map<String, List<String>> NO_TRANSLATOR =
      Map.of("v4only.test", List.of(LITERAL));

  private BannerServer server;

  @BeforeEach
  void needsNamespace() throws IOException {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    server = BannerServer.plain("::", 0);
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PlainSocketClient, 198.51.100.7",
    "PlainSocketClient, v4only.test",
    "PlainSocketClient, two.test",
    "SocketChannelClient, 198.51.100.7",
    "SelectorClient, 198.51.100.7",
    "SelectorClient, v4only.test",
    "SelectorClient, two.test"
  })
  void ipv4IsReachedThroughTheTranslator(String client, String host) throws Exception {
    ForkedJvm.Outcome outcome = run(client, host, "", TRANSLATOR);
    assertEquals("", outcome.stderr());
    String seen = "served by " + TRANSLATED;
    assertTrue(outcome.stdout().contains(seen), outcome::toString);
  }

  @ParameterizedTest
  @CsvSource({"PlainSocketClient, adoption=redial", "SelectorClient, adoption=redial"})
  void alsoByDiallingAgain(String client, String settings) throws Exception {
    ForkedJvm.Outcome outcome = run(client, LITERAL, settings, TRANSLATOR);
    assertTrue(outcome.stdout().contains("served by " + TRANSLATED), outcome::toString);
  }

  /** The failure has the text that the JDK alone gives. */
  @ParameterizedTest
  @CsvSource({"PlainSocketClient, nat64=off", "SelectorClient, nat64=off"})
  void canBeSwitchedOff(String client, String settings) throws Exception {
    String plain = run(client, LITERAL, null, TRANSLATOR).stdout();
    assertEquals(failure(plain), failure(run(client, LITERAL, settings, TRANSLATOR).stdout()));
    assertTrue(plain.contains("unreachable"), plain);
  }

  @Test
  void withoutTranslatorTheFailureIsTheJdks() throws Exception {
    for (String client : List.of("PlainSocketClient", "SelectorClient")) {
      String plain = run(client, LITERAL, null, NO_TRANSLATOR).stdout();
      assertEquals(failure(plain), failure(run(client, LITERAL, "", NO_TRANSLATOR).stdout()));
    }
  }

  /** Only the exception: the rest of the line is the time that it took. */
  private static String failure(String stdout) {
    return stdout.replaceAll("[0-9]+\\.[0-9]+|[0-9]+ ms", "");
  }

  private ForkedJvm.Outcome run(
      String client, String host, String settings, Map<String, List<String>> names)
      throws Exception {
    Class<?> main =
        switch (client) {
          case "PlainSocketClient" -> PlainSocketClient.class;
          case "SocketChannelClient" -> SocketChannelClient.class;
          default -> SelectorClient.class;
        };
    try (HostsFile hosts = HostsFile.of(names)) {
      ForkedJvm jvm = ForkedJvm.onThisJdk().flags(hosts.flag());
      if (settings != null) {
        jvm = jvm.agent(AGENT, settings);
      }
      return jvm.run(main, host, Integer.toString(server.port()), "10000");
    }
  }
}
