package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.examples.jdk.PlainSocketClient;
import io.heagent.examples.jdk.SelectorClient;
import io.heagent.examples.jdk.SocketChannelClient;
import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code order=rfc6724} begins with what RFC 6724 prefers, ::1 before 127.0.0.1, also where the
 * program has chosen the other one (the JDK's order is IPv4 first); {@code order=jdk} never does.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class OrderIT {
  private static final String IPV4 = "127.0.0.1";
  private static final String IPV6 = "::1";
  private static final List<Class<?>> CLIENTS =
      List.of(PlainSocketClient.class, SocketChannelClient.class, SelectorClient.class);

  @Test
  void whoseOrderDecidesWhatIsDialledFirst() throws Exception {
    int port = FreePort.on(IPV4, IPV6);
    try (BannerServer four = BannerServer.plain(IPV4, port);
        BannerServer six = BannerServer.plain(IPV6, port)) {
      for (Class<?> client : CLIENTS) {
        assertReaches("127.0.0.1", client, port, "order=jdk");
        assertReaches("0:0:0:0:0:0:0:1", client, port, "order=rfc6724");
        assertReaches("0:0:0:0:0:0:0:1", client, port, "order=rfc6724,history=off");
        assertReaches("0:0:0:0:0:0:0:1", client, port, "order=rfc6724,adoption=redial");
      }
      assertEquals(CLIENTS.size(), four.accepted());
      assertTrue(six.accepted() >= 3 * CLIENTS.size(), () -> six.accepted() + " on ::1");
    }
  }

  /**
   * The preferred address refuses: the address that the program has chosen is dialled next, at
   * once.
   */
  @Test
  void theRequestedAddressFollows() throws Exception {
    int port = FreePort.on(IPV4, IPV6);
    try (BannerServer four = BannerServer.plain(IPV4, port)) {
      for (Class<?> client : CLIENTS) {
        assertReaches("127.0.0.1", client, port, "order=rfc6724,delay=off");
      }
      assertEquals(CLIENTS.size(), four.accepted());
    }
  }

  private static void assertReaches(String address, Class<?> client, int port, String settings)
      throws Exception {
    try (HostsFile hosts = HostsFile.of("both.test", IPV4, IPV6)) {
      ForkedJvm.Outcome outcome =
          ForkedJvm.onThisJdk()
              .flags(hosts.flag())
              .agent(AgentLab.JAR, settings)
              .run(client, "both.test", Integer.toString(port), "10000");
      assertEquals("", outcome.stderr());
      assertTrue(outcome.stdout().contains("served by " + address), () -> settings + outcome);
    }
  }
}
