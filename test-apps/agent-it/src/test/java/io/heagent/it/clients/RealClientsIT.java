package io.heagent.it.clients;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.examples.ApacheAsyncApp;
import io.heagent.examples.jdk.JdkHttpApp;
import io.heagent.examples.jdk.JdkWebSocketApp;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Side;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Unmodified clients reach the second address of a name whose first is dead. Their connect timeouts
 * are longer than they are given, so that walking the list by themselves does not save them.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("every-jdk-nightly")
@Order(2)
class RealClientsIT {
  private static final String NAME = "clients.nio.test";
  private static final String TIMEOUT = "600000";
  private static final Duration AGENT_LIMIT = Duration.ofMinutes(2);
  private static final Duration PLAIN_LIMIT = Duration.ofSeconds(10);

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();
  private static int http;
  private static int https;
  private static int banner;
  private static int kafka;
  private static boolean kafkaIsOpen;
  private static TlsMaterial tls;
  private static HostsFile hosts;

  /**
   * One client of each transport: the JDK's selectors, asynchronous channels, Netty's event loop.
   * To other clients of a transport a winner that is dialled again looks no different.
   */
  private static final List<String> REDIALLED =
      List.of("JDK HTTP/2, TLS", "Tomcat WebSocket", "Netty");

  private record Client(String label, Class<?> main, List<String> arguments) {}

  /** One client of each way through the JDK: its own clients, asynchronous channels, selectors. */
  private static List<Client> clients() {
    String url = "http://" + NAME + ":" + http + "/";
    String socketUrl = "ws://" + NAME + ":" + http + "/ws";
    String tlsUrl = "https://" + NAME + ":" + https + "/";
    return List.of(
        new Client("JDK HTTP/1.1", JdkHttpApp.class, List.of(url, TIMEOUT, "HTTP_1_1")),
        new Client("JDK HTTP/1.1, TLS", JdkHttpApp.class, List.of(tlsUrl, TIMEOUT, "HTTP_1_1")),
        new Client("JDK HTTP/2, TLS", JdkHttpApp.class, List.of(tlsUrl, TIMEOUT, "HTTP_2")),
        new Client("JDK WebSocket", JdkWebSocketApp.class, List.of(socketUrl)),
        new Client("Tomcat WebSocket", TomcatWebSocketApp.class, List.of(socketUrl, TIMEOUT)),
        new Client("Netty", NettyApp.class, List.of(NAME, Integer.toString(banner), TIMEOUT)));
  }

  /** To the JDK they are what Netty is: others that use its selectors. */
  private static List<Client> othersOnSelectors() {
    String url = "http://" + NAME + ":" + http + "/";
    return List.of(
        new Client("Reactor Netty", ReactorNettyApp.class, List.of(url, TIMEOUT)),
        new Client("Apache HttpClient 5 async", ApacheAsyncApp.class, List.of(url, TIMEOUT)),
        new Client("Kafka", KafkaApp.class, List.of(NAME + ":" + kafka, TIMEOUT)));
  }

  @BeforeAll
  static void open() throws Exception {
    http = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    https = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    banner = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    kafka = FreePort.on(Hosts.DEAD, Hosts.GOOD);
    hosts = keep(HostsFile.of(NAME, Hosts.DEAD, Hosts.GOOD));
    tls = keep(TlsMaterial.forHost(NAME));
    for (int port : new int[] {http, https, banner, kafka}) {
      keep(BlackHole.on(Hosts.DEAD, port));
    }
    keep(new TomcatOrigin(Hosts.GOOD, http, https, tls));
    keep(BannerServer.plain(Hosts.GOOD, banner));
  }

  /** It takes seconds to start, and a JDK that runs only the first clients does not need it. */
  private static void openKafka() throws Exception {
    if (!kafkaIsOpen) {
      keep(new KafkaBroker(Hosts.GOOD, kafka, FreePort.on("127.0.0.1"), NAME));
      kafkaIsOpen = true;
    }
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @TestFactory
  Stream<DynamicTest> withTheAgent() {
    return clients().stream().map(client -> test(client, "dup"));
  }

  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> othersWithTheAgent() throws Exception {
    openKafka();
    return othersOnSelectors().stream().map(client -> test(client, "dup"));
  }

  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> withTheAgentThatDialsWinnersAgain() {
    return clients().stream()
        .filter(client -> REDIALLED.contains(client.label()))
        .map(client -> test(client, "redial"));
  }

  private static DynamicTest test(Client client, String adoption) {
    return dynamicTest(client.label() + ", " + adoption, () -> reaches(client, adoption));
  }

  @TestFactory
  @Tag("one-jdk")
  Stream<DynamicTest> withoutTheAgent() throws Exception {
    openKafka();
    List<Client> all = new ArrayList<>(clients());
    all.addAll(othersOnSelectors());
    List<Callable<ForkedJvm.Outcome>> runs = new ArrayList<>();
    all.forEach(client -> runs.add(() -> run(jvm().limit(PLAIN_LIMIT), client)));
    Iterator<ForkedJvm.Outcome> outcomes = Side.bySide(runs).iterator();
    return all.stream()
        .map(client -> dynamicTest(client.label(), () -> assertStalled(outcomes.next())));
  }

  private static void reaches(Client client, String adoption) throws Exception {
    ForkedJvm.Outcome outcome =
        run(
            jvm().agent(AgentLab.JAR, "delay=100ms,adoption=" + adoption).limit(AGENT_LIMIT),
            client);
    String address = client.main() == KafkaApp.class ? NAME + ":" + kafka : Hosts.GOOD;
    assertAll(
        () -> assertEquals(0, outcome.exitCode(), outcome::stdout),
        () ->
            assertTrue(outcome.stdout().matches("(?s)ok \\S+ " + address + " .*"), outcome::stdout),
        () -> assertFalse(outcome.stderr().contains("[he-agent]"), outcome::stderr));
    if (client.label().contains("HTTP/2")) {
      assertTrue(outcome.stdout().contains("HTTP_2"), outcome::stdout);
    }
    System.out.println(client.label() + ", " + adoption + ": " + outcome.stdout().strip());
  }

  private static void assertStalled(ForkedJvm.Outcome outcome) {
    assertFalse(outcome.stdout().startsWith("ok"), outcome::stdout);
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.onThisJdk()
        .withLibraries()
        .flags(hosts.flag(), "-Dreactor.netty.native=false")
        .flags(tls.trustFlags());
  }

  private static ForkedJvm.Outcome run(ForkedJvm jvm, Client client) throws Exception {
    return jvm.run(client.main(), client.arguments().toArray(String[]::new));
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
