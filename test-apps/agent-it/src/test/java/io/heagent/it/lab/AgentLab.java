package io.heagent.it.lab;

import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.SocksServer;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loopback hosts that all behaviour tests use: each service on an address of its own, two dead
 * addresses, two refusing ones, all on one port; a name for each scenario and service.
 */
public final class AgentLab implements Closeable {
  public static final List<String> DEAD = List.of("127.9.1.1", "127.9.1.2");
  public static final List<String> REFUSED = List.of("127.9.2.1", "127.9.2.2");

  /** A broadcast address. The kernel itself refuses to connect to it and sends no packet. */
  public static final String UNREACHABLE = "127.255.255.255";

  /** A second good host of the talk service. */
  public static final String SECOND = "127.9.0.9";

  /** The finished jar, as the build has made it. */
  public static final Path JAR =
      Path.of(System.getProperty("heagent.jar", "../../agent/target/he-agent.jar"))
          .toAbsolutePath();

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final int port;
  private TalkServer talk;
  private HostsFile hosts;
  private TlsMaterial tls;

  private AgentLab() throws IOException {
    List<String> all = new ArrayList<>(DEAD);
    all.addAll(REFUSED);
    all.add(SECOND);
    for (Service service : Service.values()) {
      all.add(service.address());
    }
    port = FreePort.on(all);
  }

  /** Holds the one lab that lives as long as this JVM. */
  private static final class Shared {
    static final AgentLab LAB = open();

    private static AgentLab open() {
      try {
        return AgentLab.talk();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * A lab as {@link #talk} opens it, one for all test classes that ask for none of their own. Some
   * of these run at the same time. Nobody closes it.
   */
  public static AgentLab shared() {
    return Shared.LAB;
  }

  /** The talk service, dead and refusing hosts. */
  public static AgentLab talk() throws IOException {
    AgentLab lab = new AgentLab();
    try {
      lab.talk = lab.keep(TalkServer.plain(Service.TALK.address(), lab.port));
      lab.keep(TalkServer.plain(SECOND, lab.port));
      for (String dead : DEAD) {
        lab.keep(BlackHole.on(dead, lab.port));
      }
      for (Service service : Service.values()) {
        lab.nameAll(service);
      }
      lab.hosts = lab.keep(HostsFile.of(lab.names));
      return lab;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  /** All services. */
  public static AgentLab full() throws IOException {
    AgentLab lab = talk();
    try {
      lab.tls = lab.keep(TlsMaterial.forHost("tls.test"));
      lab.keep(TalkServer.tls(Service.TLS.address(), lab.port, lab.tls.serverContext()));
      lab.keep(HttpOrigin.http(Service.HTTP.address(), lab.port));
      lab.keep(HttpOrigin.http(Service.HTTP_PROXY.address(), lab.port));
      lab.keep(SocksServer.on(Service.SOCKS.address(), lab.port, Service.TALK.address(), lab.port));
      return lab;
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  private void nameAll(Service service) {
    String good = service.address();
    name(Scenario.GOOD_FIRST.host(service), good, SECOND);
    name(Scenario.DEAD_FIRST.host(service), DEAD.get(0), good);
    name(Scenario.REFUSED_FIRST.host(service), REFUSED.get(0), good);
    name(Scenario.DEAD_REFUSED_GOOD.host(service), DEAD.get(0), REFUSED.get(0), good);
    name(Scenario.ALL_DEAD.host(service), DEAD.toArray(String[]::new));
    name(Scenario.ALL_REFUSED.host(service), REFUSED.toArray(String[]::new));
    name(Scenario.UNREACHABLE_REFUSED.host(service), UNREACHABLE, REFUSED.get(0));
    name(Scenario.SINGLE.host(service), good);
  }

  private void name(String name, String... addresses) {
    names.put(name, List.of(addresses));
  }

  /** Adds a name, for JVMs that are forked afterwards. */
  public synchronized AgentLab with(String name, String... addresses) throws IOException {
    name(name, addresses);
    hosts.write(names);
    return this;
  }

  public int port() {
    return port;
  }

  /** How many connections the talk service has accepted so far. */
  public int accepted() {
    return talk.accepted();
  }

  public HostsFile hosts() {
    return hosts;
  }

  /** A JVM that knows the lab's names, and nothing of the agent. */
  public ForkedJvm plain() {
    ForkedJvm jvm = ForkedJvm.onThisJdk().limit(Duration.ofMinutes(5)).flags(hosts.flag());
    return tls == null ? jvm : jvm.flags(tls.trustFlags());
  }

  /** The same with the agent; the short delay only makes the tests short. */
  public ForkedJvm agent(String arguments) {
    return plain().agent(JAR, arguments);
  }

  private <T extends Closeable> T keep(T opened) {
    open.push(opened);
    return opened;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
