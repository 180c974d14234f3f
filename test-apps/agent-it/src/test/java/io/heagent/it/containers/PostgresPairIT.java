package io.heagent.it.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.containers.PostgresPair.Event;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Testcontainers;

/**
 * Two real PostgreSQL servers behind one name, and what happens to a JDBC client when the first one
 * goes: without the agent it waits for the first address as long as the JVM's cache names it.
 */
@Tag("containers")
@Tag("soak")
@Tag("one-jdk")
@Order(1)
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(OthersRunMeanwhile.class)
@ResourceLock("Docker engine")
class PostgresPairIT {
  private static final String URL =
      "jdbc:postgresql://db:5432/postgres?user=postgres&connectTimeout=2&socketTimeout=2&loginTimeout=4";

  /** How many rounds of the raced client are looked at once the node is gone. */
  private static final int ROUNDS_AFTER_EVENT = 20;

  /** For programs that are stopped once they have done what they are to do. */
  private static final String MORE_THAN_ENOUGH_MILLIS = "600000";

  private final DualStack net = new DualStack(12);
  private PostgresPair nodes;

  @BeforeEach
  void twoNodes() throws IOException, InterruptedException {
    nodes = PostgresPair.in(net);
  }

  @AfterEach
  void close() {
    net.close();
  }

  @ParameterizedTest
  @EnumSource
  void firstNodeGoes(Event event) throws IOException, InterruptedException {
    GenericContainer<?> with = loop();
    String first = awaitFirst(with).servers().iterator().next();
    GenericContainer<?> without = loopThatBeginsWith(first);
    nodes.happen(event, first);
    int before = DualStack.await(with, seen -> true).size();
    int after = event == Event.PAUSED ? 1 : ROUNDS_AFTER_EVENT;
    Outcomes seenWith = DualStack.await(with, seen -> seen.size() >= before + after);
    Outcomes seenWithout = DualStack.await(without, seen -> seen.failures() > 0);
    print("first node " + event, seenWithout, seenWith);
    if (event == Event.PAUSED) {
      // The outcome is printed and not asserted: a paused node completes the handshake, which
      // counts as success.
      return;
    }
    // A node that stops takes connections until it has stopped, and turns them away: no race can
    // tell such a node from a good one. Otherwise one query may be under way when the node goes.
    long turnedAway = event == Event.STOPPED ? seenWith.before(before).turnedAway() : 0;
    assertTrue(seenWith.failures() - turnedAway <= 1, seenWith.lines().toString());
    assertEquals(2, seenWith.servers().size(), seenWith.lines().toString());
  }

  /** In the short form one event stands for all, which differ in how a node goes. */
  static Stream<Event> returns() {
    return Boolean.getBoolean("heagent.nightly")
        ? Stream.of(Event.values())
        : Stream.of(Event.KILLED);
  }

  /**
   * A node that is back serves again, also for a client that has learned that it was dead: it is
   * needed, as the other one goes then.
   */
  @ParameterizedTest
  @MethodSource("returns")
  void firstNodeComesBack(Event event) throws IOException, InterruptedException {
    GenericContainer<?> with = loop();
    String first = awaitFirst(with).servers().iterator().next();
    GenericContainer<?> without = loopThatBeginsWith(first);
    nodes.happen(event, first);
    DualStack.await(without, seen -> seen.failures() > 0);
    if (event != Event.PAUSED) {
      DualStack.await(with, seen -> seen.servers().size() == 2);
    }
    nodes.back(event, first);
    nodes.happen(Event.KILLED, nodes.other(first));
    Outcomes seenWith = awaitAgain(with, first);
    Outcomes seenWithout = awaitAgain(without, first);
    print("first node " + event + " and back", seenWithout, seenWith);
  }

  /** Ends where none of the next rounds is served by this node. */
  private static Outcomes awaitAgain(GenericContainer<?> client, String node)
      throws IOException, InterruptedException {
    int rounds = DualStack.await(client, seen -> true).size();
    return DualStack.await(
        client, seen -> seen.size() > rounds && seen.from(rounds).servers().contains(node));
  }

  private static void print(String what, Outcomes without, Outcomes with) {
    System.out.printf(
        "%s: without: %s, %s; with: %s, %s%n",
        what, without, without.longestOutage(), with, with.longestOutage());
  }

  private GenericContainer<?> loop() throws IOException, InterruptedException {
    GenericContainer<?> client =
        net.client(true, List.of(), "QueryLoop", URL, MORE_THAN_ENOUGH_MILLIS);
    client.start();
    return client;
  }

  /**
   * Docker's DNS gives each client another order; this one, without the agent, is begun again in
   * its container until it meets the same node first.
   */
  private GenericContainer<?> loopThatBeginsWith(String node)
      throws IOException, InterruptedException {
    GenericContainer<?> client =
        net.clientUntilItSucceeds("QueryLoop", URL, MORE_THAN_ENOUGH_MILLIS, node);
    client.start();
    awaitFirst(client);
    return client;
  }

  private static Outcomes awaitFirst(GenericContainer<?> client)
      throws IOException, InterruptedException {
    return DualStack.await(client, seen -> !seen.servers().isEmpty());
  }
}
