package io.heagent.it.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A service behind one name with several containers, as Docker's DNS gives them. */
@Tag("containers")
@Tag("one-jdk")
@Order(1)
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(OthersRunMeanwhile.class)
@ResourceLock("Docker engine")
class ServiceAliasIT {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final String ROUNDS = "6";
  private static final int ROUNDS_AFTER_DEATH = 10;

  /** Rounds that take longer than any container takes to stop and start. */
  private static final String MORE_THAN_ENOUGH = "1000";

  private static final String PORT = Integer.toString(DualStack.PORT);
  private static final List<String> PREFER_IPV6 = List.of("-Djava.net.preferIPv6Addresses=true");

  private final DualStack net = new DualStack(11);
  private final Map<String, GenericContainer<?>> servers = new LinkedHashMap<>();

  @BeforeEach
  void threeServers() throws IOException, InterruptedException {
    servers.putAll(net.servers("service", "one", "two", "three"));
  }

  @AfterEach
  void close() {
    net.close();
  }

  /**
   * Docker's order differs from look-up to look-up, so any number of rounds may be lucky without
   * the agent: they go on until one is not.
   */
  @Test
  void oneOfThreeDropsSyns() throws IOException, InterruptedException {
    List<String> names = net.run(false, List.of(), "Addresses", "service");
    assertEquals(6, names.size(), "3 A and 3 AAAA: " + names);
    GenericContainer<?> first =
        servers.values().stream()
            .filter(server -> DualStack.address(server).equals(names.get(0)))
            .findFirst()
            .orElseThrow();
    DualStack.silence(first, "inet");
    List<String> noCache = List.of("-Dsun.net.inetaddr.ttl=0");
    Outcomes without = untilOneFails(noCache);
    Outcomes with = connects(true, noCache);
    Outcomes.print("one of three containers drops SYNs", List.of(without), with);
    assertEquals(0, with.failures(), with.lines().toString());
  }

  @Test
  void ipv6IsDropped() throws IOException, InterruptedException {
    for (GenericContainer<?> server : servers.values()) {
      DualStack.silence(server, "ip6");
    }
    Outcomes without = connects(false, PREFER_IPV6);
    Outcomes with = connects(true, PREFER_IPV6);
    Outcomes.print("IPv6 is dropped", List.of(without), with);
    assertEquals(without.size(), without.failures(), without.lines().toString());
    assertEquals(0, with.failures(), with.lines().toString());
  }

  /**
   * The JVM's cache still has the address of the container that is gone; another address of the
   * same answer serves.
   */
  @Test
  void containerDiesAndItsAliasResolvesElsewhere() throws IOException, InterruptedException {
    assertEquals(0, afterDeath(true).failures());
    assertFalse(afterDeath(false).failures() == 0, "without the agent the dead one was not met");
  }

  /** Docker gives the addresses of an alias in another order each time. */
  @Test
  void containerThatTakesThePlaceOfADeadOneIsReached() throws IOException, InterruptedException {
    Death death = death(true, List.of("-Dsun.net.inetaddr.ttl=1"));
    Outcomes seen =
        DualStack.await(
                death.client,
                now ->
                    now.size() >= death.first
                        && now.from(death.first).servers().contains(death.successor))
            .from(death.first);
    System.out.printf("%-40s with: %s%n", "a container takes its place", seen);
    assertEquals(0, seen.failures(), seen.lines().toString());
  }

  private Outcomes afterDeath(boolean withAgent) throws IOException, InterruptedException {
    Death death = death(withAgent, List.of());
    Outcomes seen =
        DualStack.await(death.client, now -> now.size() >= death.first + ROUNDS_AFTER_DEATH)
            .from(death.first);
    System.out.printf("%-40s %s: %s%n", "a container dies", withAgent ? "with" : "without", seen);
    return seen;
  }

  /**
   * A client whose server has died.
   *
   * @param successor the server that has taken its place
   * @param first the first of the client's rounds that began after the death
   */
  private record Death(GenericContainer<?> client, String successor, int first) {}

  private Death death(boolean withAgent, List<String> flags)
      throws IOException, InterruptedException {
    GenericContainer<?> client =
        net.client(
            withAgent,
            flags,
            "RepeatedConnects",
            "service",
            PORT,
            MORE_THAN_ENOUGH,
            Integer.toString(TIMEOUT_MILLIS),
            "100");
    client.start();
    String served =
        DualStack.await(client, seen -> !seen.servers().isEmpty()).servers().iterator().next();
    // Before the death: Docker would give a later one the address of the dead, which then serves.
    String successor = served + "-successor";
    servers.putAll(net.servers("service", successor));
    servers.remove(served).stop();
    int before = DualStack.await(client, seen -> true).size();
    // The round under way at the death may have been served by the one that died, and cut off.
    return new Death(client, successor, before + 1);
  }

  private Outcomes untilOneFails(List<String> flags) throws IOException, InterruptedException {
    GenericContainer<?> client =
        net.client(
            false,
            flags,
            "RepeatedConnects",
            "service",
            PORT,
            MORE_THAN_ENOUGH,
            Integer.toString(TIMEOUT_MILLIS),
            "0");
    client.start();
    return DualStack.await(client, seen -> seen.failures() > 0);
  }

  private Outcomes connects(boolean withAgent, List<String> flags)
      throws IOException, InterruptedException {
    return Outcomes.of(
        net.run(
            withAgent,
            flags,
            "RepeatedConnects",
            "service",
            PORT,
            ROUNDS,
            Integer.toString(TIMEOUT_MILLIS),
            "0"));
  }
}
