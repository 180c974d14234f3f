package io.heagent.it.transports;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Side;
import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientLab.Protocol;
import io.heagent.it.transports.ClientRun.Outcome;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Native transports that are not raced, with their own jars: one line says so, once, and the
 * program runs as it does without the agent. With {@code native=jdk} Netty's clients use NIO, and
 * are raced.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class UnracedTransportsIT {
  private static final String IO_URING = "io_uring";

  /**
   * These run with the jar of io_uring on their class path. Reactor Netty uses it then, without
   * being told to; Lettuce uses epoll if it can have both.
   */
  private static final Set<NettyClient> WITH_IO_URING =
      Set.of(NettyClient.REACTOR_NETTY_12, NettyClient.REACTOR_NETTY_13, NettyClient.LETTUCE);

  private static final Set<NettyClient> WITH_EPOLL_ONLY =
      Set.of(NettyClient.GRPC_NETTY_SHADED, NettyClient.VERTX);

  private static final Call GOOD = new Call(Scenario.GOOD_FIRST, false);
  private static final Call GOOD_TLS = new Call(Scenario.GOOD_FIRST, true);
  private static final Call DEAD = new Call(Scenario.DEAD_FIRST, false);
  private static final Call DEAD_TLS = new Call(Scenario.DEAD_FIRST, true);
  private static final Call REFUSED = new Call(Scenario.REFUSED_FIRST, false);

  private static final String KQUEUE_LINE =
      "[he-agent] kqueue of io.netty.channel is not raced; native=jdk has Netty use NIO, which is";
  private static final String CRT_LINE =
      "[he-agent] the AWS CRT client is native code, and its connects are not raced";

  private static ClientLab lab;
  private static final Map<NettyClient, ClientRun> AS_BY_DEFAULT = new EnumMap<>(NettyClient.class);
  private static final Map<NettyClient, ClientRun> THROUGH_NIO = new EnumMap<>(NettyClient.class);

  /** One JVM, and where to put what comes of it. */
  private record Run(
      NettyClient client,
      Map<NettyClient, ClientRun> into,
      String settings,
      Map<Call, Integer> calls)
      implements Callable<ClientRun> {
    @Override
    public ClientRun call() throws Exception {
      ForkedJvm jvm = WITH_IO_URING.contains(client) ? client.jvm(IO_URING) : client.jvm();
      return lab.call(client, jvm.agent(AgentLab.JAR, settings + ",history=off"), calls);
    }
  }

  /** Side by side, as each of them mostly waits. */
  @BeforeAll
  static void callAll() throws Exception {
    assumeTrue(NettyJars.areForThisMachine(), "the native code is for x86_64 here");
    lab = ClientLab.open();
    List<Run> runs = new ArrayList<>();
    for (NettyClient client : WITH_IO_URING) {
      int timeout = client == NettyClient.LETTUCE ? ClientLab.LONG : ClientLab.SHORT;
      runs.add(
          new Run(
              client,
              AS_BY_DEFAULT,
              "native=race",
              Map.of(GOOD, ClientLab.LONG, GOOD_TLS, ClientLab.LONG, DEAD, timeout)));
      runs.add(throughNio(client));
    }
    WITH_EPOLL_ONLY.forEach(client -> runs.add(throughNio(client)));
    Iterator<ClientRun> outcomes = Side.bySide(List.<Callable<ClientRun>>copyOf(runs)).iterator();
    runs.forEach(run -> run.into().put(run.client(), outcomes.next()));
  }

  private static Run throughNio(NettyClient client) {
    return new Run(
        client,
        THROUGH_NIO,
        "native=jdk",
        Map.of(DEAD, ClientLab.LONG, DEAD_TLS, ClientLab.LONG, REFUSED, ClientLab.LONG));
  }

  @AfterAll
  static void close() throws IOException {
    if (lab != null) {
      lab.close();
    }
  }

  private static void assertReached(NettyClient client, String transport, Call call, Outcome seen) {
    assertEquals(
        client.answer(transport, call.tls()),
        seen.text().toLowerCase(Locale.ROOT),
        () -> call + ": " + seen);
  }

  @ParameterizedTest
  @EnumSource(names = {"REACTOR_NETTY_12", "REACTOR_NETTY_13"})
  void ioUringIsSaidOnceAndLeftAlone(NettyClient client) {
    ClientRun run = AS_BY_DEFAULT.get(client);
    Outcome good = run.outcomes().get(GOOD);
    assumeTrue(
        !good.text().equalsIgnoreCase(client.answer("epoll", false)),
        "the system does not allow io_uring");
    Outcome dead = run.outcomes().get(DEAD);
    // Netty 4.1's io_uring is in a package of its own.
    String of = client == NettyClient.REACTOR_NETTY_12 ? "io.netty.incubator" : "io.netty";
    assertAll(
        () -> assertReached(client, "iouring", GOOD, good),
        () -> assertReached(client, "iouring", GOOD_TLS, run.outcomes().get(GOOD_TLS)),
        () -> assertTrue(dead.millis() >= ClientLab.SHORT, dead::toString),
        () -> assertEquals(client.walks(), dead.ok(), dead::toString),
        () ->
            assertEquals(
                List.of(
                    "[he-agent] io_uring of "
                        + of
                        + ".channel is not raced; native=jdk has Netty use NIO, which is"),
                run.said()));
  }

  @Test
  void nothingIsSaidOfATransportThatIsThereAndNotUsed() {
    ClientRun run = AS_BY_DEFAULT.get(NettyClient.LETTUCE);
    run.outcomes().forEach((call, seen) -> assertReached(NettyClient.LETTUCE, "epoll", call, seen));
    assertEquals(List.of(), run.said());
  }

  /** Their timeouts are longer than their JVMs may live. */
  @ParameterizedTest
  @EnumSource(
      names = {"REACTOR_NETTY_12", "REACTOR_NETTY_13", "LETTUCE", "GRPC_NETTY_SHADED", "VERTX"})
  void nativeJdkSendsThemThroughNioWhereTheyAreRaced(NettyClient client) {
    ClientRun run = THROUGH_NIO.get(client);
    run.outcomes().forEach((call, seen) -> assertReached(client, "nio", call, seen));
    assertEquals(List.of(), run.said());
  }

  /** On any machine, also one that has none of these transports. */
  @Test
  void aTransportIsSaidOnceHoweverOftenItIsLoaded() throws Exception {
    String[] names = {
      "io.netty.channel.uring.IoUringSocketChannel",
      "io.netty.channel.kqueue.KQueueSocketChannel",
      "software.amazon.awssdk.crt.CRT"
    };
    ForkedJvm.Outcome run =
        NettyClient.jvmWith(IO_URING, "kqueue", "crt")
            .agent(AgentLab.JAR, "")
            .run("io.heagent.nettyclients.LoadedTwice", names);
    assertEquals(String.join(" true\n", names) + " true\n", run.stdout(), () -> run.stderr());
    assertEquals(
        List.of(
            "[he-agent] io_uring of io.netty.channel is not raced; native=jdk has Netty use NIO,"
                + " which is",
            KQUEUE_LINE,
            CRT_LINE),
        ClientRun.said(run));
  }

  @Test
  void awsCrtIsSaidOnceAndRunsOn() throws Exception {
    String target = "plain://" + ClientLab.GOOD + ":" + lab.port(Protocol.HTTP, false);
    String timeout = String.valueOf(ClientLab.LONG);
    ForkedJvm.Outcome run =
        lab.at(NettyClient.jvmWith("crt").agent(AgentLab.JAR, ""))
            .run("io.heagent.nettyclients.CrtClient", target, timeout, target, timeout);
    List<String> answers =
        run.stdout().lines().map(line -> line.substring(line.lastIndexOf('\t') + 1)).toList();
    String answer = "CRT served by " + ClientLab.GOOD + " ";
    assertEquals(List.of(answer, answer), answers, run::stderr);
    assertEquals(List.of(CRT_LINE), ClientRun.said(run));
  }
}
