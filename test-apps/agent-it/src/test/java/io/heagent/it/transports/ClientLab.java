package io.heagent.it.transports;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.RedisAnswers;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names with dead, refusing and good addresses, and what the clients need to be served there. */
final class ClientLab implements Closeable {
  static final String GOOD = "127.9.3.1";

  /** Long enough for a walk over a list to fail by the limit on the JVM. */
  static final int LONG = 600_000;

  static final int SHORT = 2_000;

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> DEAD = AgentLab.DEAD;
  private static final String REFUSED = AgentLab.REFUSED.get(0);

  private static final Map<Scenario, List<String>> HOSTS =
      Map.of(
          Scenario.GOOD_FIRST, List.of(GOOD, REFUSED),
          Scenario.DEAD_FIRST, List.of(DEAD.get(0), GOOD),
          Scenario.REFUSED_FIRST, List.of(REFUSED, GOOD),
          Scenario.DEAD_REFUSED_GOOD, List.of(DEAD.get(0), REFUSED, GOOD),
          Scenario.ALL_DEAD, DEAD);

  /** What is served on a port, and with TLS on another. */
  enum Protocol {
    HTTP,
    REDIS,
    /** Its program brings the server along. */
    GRPC
  }

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final Map<Protocol, Integer> plainPorts = new EnumMap<>(Protocol.class);
  private final Map<Protocol, Integer> tlsPorts = new EnumMap<>(Protocol.class);
  private HostsFile hosts;
  private TlsMaterial tls;

  private ClientLab() {}

  static ClientLab open() throws IOException {
    ClientLab lab = new ClientLab();
    try {
      lab.serve();
      return lab;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void serve() throws IOException {
    Map<String, List<String>> names = new LinkedHashMap<>();
    HOSTS.forEach((scenario, addresses) -> names.put(Call.host(scenario), addresses));
    hosts = keep(HostsFile.of(names));
    tls = keep(TlsMaterial.forHost("*." + Call.DOMAIN));
    for (Protocol protocol : Protocol.values()) {
      plainPorts.put(protocol, portWithDeadHosts());
      tlsPorts.put(protocol, portWithDeadHosts());
    }
    keep(HttpOrigin.http(GOOD, plainPorts.get(Protocol.HTTP)));
    keep(HttpOrigin.https(GOOD, tlsPorts.get(Protocol.HTTP), tls.serverContext()));
    keep(RedisAnswers.on(GOOD, plainPorts.get(Protocol.REDIS)));
    keep(RedisAnswers.tls(GOOD, tlsPorts.get(Protocol.REDIS), tls.serverContext()));
  }

  private int portWithDeadHosts() throws IOException {
    int port = FreePort.on(DEAD.get(0), DEAD.get(1), REFUSED, GOOD);
    for (String dead : DEAD) {
      keep(BlackHole.on(dead, port));
    }
    return port;
  }

  int port(Protocol protocol, boolean overTls) {
    return (overTls ? tlsPorts : plainPorts).get(protocol);
  }

  /** Tells a JVM of the names and the certificate. */
  ForkedJvm at(ForkedJvm jvm) {
    return jvm.flags(hosts.flag())
        .flags(tls.trustFlags())
        .flags("-Dserver=" + GOOD, "-Dcertificate=" + tls.certificatePem(), "-Dkey=" + tls.keyPem())
        .limit(LIMIT);
  }

  /**
   * Has a client make calls, in order.
   *
   * @param jvm one that the client has made
   * @param timeouts in ms
   */
  ClientRun call(NettyClient client, ForkedJvm jvm, Map<Call, Integer> timeouts) throws Exception {
    return ClientRun.of(
        at(jvm), client.program(), call -> port(client.protocol(), call.tls()), timeouts);
  }

  private <T extends Closeable> T keep(T opened) {
    open.push(opened);
    return opened;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
