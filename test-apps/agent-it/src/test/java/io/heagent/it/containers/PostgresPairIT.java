package io.heagent.it.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Two real PostgreSQL servers behind one name, and what happens to a JDBC client when the first one
 * goes: without the agent it waits for the first address as long as the JVM's cache names it.
 */
@Tag("containers")
@Order(1)
@Testcontainers(disabledWithoutDocker = true)
class PostgresPairIT {

  /** What happens to the first node. */
  enum Event {
    /**
     * The kernel still accepts connections for a paused process, so a race over TCP cannot tell it
     * from a good one.
     */
    PAUSED,
    STOPPED,
    KILLED,
    DISCONNECTED
  }

  private static final String URL =
      "jdbc:postgresql://db:5432/postgres?user=postgres&connectTimeout=2&socketTimeout=2&loginTimeout=4";

  /** Long enough for pause, event and recovery; shorter than the JVM keeps an answer, 30 s. */
  private static final String RUN_MILLIS = "10000";

  private static final int MOST_TRIES = 20;

  private final DualStack net = new DualStack(12);
  private final DockerClient docker = DockerClientFactory.lazyClient();
  private final Map<String, GenericContainer<?>> nodes = new LinkedHashMap<>();

  @BeforeEach
  void twoNodes() throws IOException, InterruptedException {
    for (String name : List.of("node1", "node2")) {
      GenericContainer<?> node =
          net.container("sh", "-c", start(name))
              .withNetworkAliases("db")
              .withCreateContainerCmdModifier(create -> create.withUser("1000"))
              .withTmpFs(Map.of("/data", "uid=1000,mode=0700"))
              .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 1));
      node.start();
      nodes.put(name, node);
    }
  }

  private static String start(String name) {
    return "/postgres/bin/initdb --pgdata=/data/pg --username=postgres --auth=trust --no-locale"
        + " --encoding=UTF-8 --no-sync >/dev/null"
        + " && echo 'host all all all trust' >>/data/pg/pg_hba.conf"
        + " && exec /postgres/bin/postgres -D /data/pg -F -clisten_addresses=*"
        + " -cunix_socket_directories= -ccluster_name="
        + name;
  }

  @AfterEach
  void close() {
    net.close();
  }

  @ParameterizedTest
  @EnumSource(Event.class)
  void firstNodeGoes(Event event) throws IOException, InterruptedException {
    GenericContainer<?> with = loop(true);
    String served = awaitFirst(with).servers().iterator().next();
    GenericContainer<?> without = loopThatBeginsWith(served);
    GenericContainer<?> first = nodes.get(served);
    happen(event, first);
    Outcomes seenWith = atEnd(with);
    Outcomes seenWithout = atEnd(without);
    System.out.printf("first node %s: without: %s; with: %s%n", event, seenWithout, seenWith);
    if (event == Event.PAUSED) {
      // The outcome is printed and not asserted: a paused node completes the handshake, which
      // counts as success.
      return;
    }
    assertTrue(seenWithout.failures() > 0, seenWithout.lines().toString());
    // One query may be under way when the node goes.
    assertTrue(seenWith.failures() <= 1, seenWith.lines().toString());
    assertEquals(2, seenWith.servers().size(), seenWith.lines().toString());
  }

  /** A node that is back serves again, also for a client that has learned that it was dead. */
  @ParameterizedTest
  @EnumSource(
      value = Event.class,
      names = {"PAUSED", "DISCONNECTED"})
  void firstNodeComesBack(Event event) throws IOException, InterruptedException {
    GenericContainer<?> with = loop(true);
    GenericContainer<?> first = nodes.get(awaitFirst(with).servers().iterator().next());
    happen(event, first);
    back(event, first);
    Outcomes seen = atEnd(with);
    System.out.printf("first node %s and back: with: %s%n", event, seen);
    assertTrue(seen.lines().get(seen.size() - 1).startsWith("ok "), seen.lines().toString());
  }

  private void happen(Event event, GenericContainer<?> node) {
    switch (event) {
      case PAUSED -> docker.pauseContainerCmd(node.getContainerId()).exec();
      case STOPPED -> docker.stopContainerCmd(node.getContainerId()).withTimeout(5).exec();
      case KILLED -> docker.killContainerCmd(node.getContainerId()).exec();
      case DISCONNECTED ->
          docker
              .disconnectFromNetworkCmd()
              .withNetworkId(net.id())
              .withContainerId(node.getContainerId())
              .exec();
    }
  }

  private void back(Event event, GenericContainer<?> node) {
    if (event == Event.PAUSED) {
      docker.unpauseContainerCmd(node.getContainerId()).exec();
    } else {
      docker
          .connectToNetworkCmd()
          .withNetworkId(net.id())
          .withContainerId(node.getContainerId())
          .exec();
    }
  }

  private GenericContainer<?> loop(boolean withAgent) throws IOException, InterruptedException {
    GenericContainer<?> client = net.client(withAgent, List.of(), "QueryLoop", URL, RUN_MILLIS);
    client.start();
    return client;
  }

  /** Docker's DNS gives each client another order; this one is to meet the same node first. */
  private GenericContainer<?> loopThatBeginsWith(String node)
      throws IOException, InterruptedException {
    for (int i = 0; i < MOST_TRIES; i++) {
      GenericContainer<?> client = loop(false);
      if (awaitFirst(client).servers().contains(node)) {
        return client;
      }
      client.stop();
    }
    throw new IOException("no client began with " + node);
  }

  private static Outcomes awaitFirst(GenericContainer<?> client)
      throws IOException, InterruptedException {
    return DualStack.await(client, seen -> !seen.servers().isEmpty());
  }

  private static Outcomes atEnd(GenericContainer<?> client)
      throws IOException, InterruptedException {
    return DualStack.await(client, Outcomes::done);
  }
}
