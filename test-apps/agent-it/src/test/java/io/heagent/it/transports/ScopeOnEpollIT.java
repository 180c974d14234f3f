package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientRun.Outcome;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which siblings a connect may be led to is the same on Netty's epoll transport. */
@Tag("netns")
@Tag("beside-others")
@Tag("one-jdk")
class ScopeOnEpollIT {
  private static final Call CALL = new Call(Scenario.REFUSED_FIRST, false);
  private static final String PRIVATE = NetworkNamespace.GOOD.ipv4().getHostAddress();

  private HttpOrigin http;
  private HostsFile hosts;

  /** A public address that refuses, and a private one that would answer. */
  @BeforeEach
  void open() throws IOException {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    assumeTrue(NettyJars.areForThisMachine(), "Netty's native code is for x86_64 here");
    http = HttpOrigin.http("::", 0);
    hosts =
        HostsFile.of(
            Call.host(CALL.scenario()), NetworkNamespace.RESET.global().getHostAddress(), PRIVATE);
  }

  @AfterEach
  void close() throws IOException {
    if (hosts != null) {
      hosts.close();
      http.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NETTY_41", "NETTY_42"})
  void publicAddressNeverLeadsToPrivateSibling(NettyClient client) throws Exception {
    List<Callable<Outcome>> runs =
        List.of(() -> call(client, "scope=strict"), () -> call(client, "scope=any"));
    List<Outcome> seen = Side.bySide(runs);
    Outcome strict = seen.get(0);
    assertFalse(strict.ok(), strict::toString);
    assertTrue(strict.text().contains("AnnotatedConnectException"), strict::toString);
    // It was only the scope that kept the connect from the private address.
    Outcome any = seen.get(1);
    assertEquals(
        client.answer("epoll", false, PRIVATE), any.text().toLowerCase(Locale.ROOT), any::toString);
  }

  private Outcome call(NettyClient client, String settings) throws Exception {
    return ClientRun.of(
            client
                .jvm()
                // The order of the hosts file, as a system with IPv6 gives it.
                .flags(hosts.flag(), "-Djava.net.preferIPv6Addresses=system")
                .agent(AgentLab.JAR, settings),
            client.program(),
            call -> http.port(),
            Map.of(CALL, ClientLab.SHORT))
        .outcomes()
        .get(CALL);
  }
}
