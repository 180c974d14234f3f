package io.heagent.it.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Dials;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.it.lab.TimedWay;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that walks the list by itself is not made slower, and no list is dialled squared. */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class WalkedListsIT {
  private static final int DELAY_MILLIS = 100;

  /** Too short for one race to dial all addresses of the longer lists. */
  private static final int SHORT_MILLIS = 400;

  /** Longer than the agent waits for a walk's next step, and than a race over four needs. */
  private static final int LONG_MILLIS = 1_600;

  /**
   * So long that in the race of the first step the later addresses are silent for much less than
   * the long time, on any machine; and so short that this race gets to all four.
   */
  private static final int LONG_DELAY_MILLIS = 400;

  /** How long a race waits for a silent sibling once its own address has failed. */
  private static final int PATIENCE_MILLIS = 2_500;

  /** Longer than that, so that it is the race that ends, and not the program's timeout. */
  private static final int LONGER_MILLIS = 3_200;

  private static final int SLACK_MILLIS = 2000;

  /**
   * A connect that comes 250 ms after the step before or later is no step of a walk to the agent,
   * and is raced over every address again. On a busy machine a program may be kept from its next
   * step for as long; such a walk is walked again. This is half of it, because what the probe can
   * see of its pauses may be less than what the agent sees.
   */
  private static final int PAUSE_MILLIS = 125;

  /** How often a list is walked at most until no pause was too long. */
  private static final int MOST_WALKS = 6;

  /** Has the classes of a race and of its failure loaded, which may take as long as a pause. */
  private static final String WARM_UP = "warm-up.test";

  private static final List<Integer> LENGTHS = List.of(2, 4, 8);
  private static final String REFUSED_AND_DEAD = "refused-and-dead.test";
  private static final List<String> LONG_WALKS =
      List.of("dead2.test", "dead4.test", "last4.test", REFUSED_AND_DEAD);

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();

  /** Each list has addresses of its own, by which its connects are told apart. */
  private static final Map<String, List<String>> LISTS = new LinkedHashMap<>();

  private static int port;
  private static HostsFile hosts;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> agent;

  /** Of the list that begins with a refusal, with the longer time. */
  private static final Map<TimedWay, Facts> PLAIN_OF_LONG = new EnumMap<>(TimedWay.class);

  private static final Map<TimedWay, Facts> AGENT_OF_LONG = new EnumMap<>(TimedWay.class);

  /** Of each list, what a JVM has dialled that walked it without a pause; empty without strace. */
  private static final Map<TimedWay, Map<String, Dials>> SHORT = new EnumMap<>(TimedWay.class);

  private static final Map<TimedWay, Map<String, Dials>> LONG = new EnumMap<>(TimedWay.class);

  @BeforeAll
  static void open() throws Exception {
    for (int length : LENGTHS) {
      list("dead" + length + ".test", 10 + length, length);
      list("last" + length + ".test", 20 + length, length - 1).add(Hosts.GOOD);
      list("refused" + length + ".test", 30 + length, length);
    }
    list(REFUSED_AND_DEAD, 41, 2);
    Map<String, List<String>> names = new LinkedHashMap<>(LISTS);
    names.put(WARM_UP, List.of("127.9.42.1", "127.9.42.2"));
    hosts = keep(HostsFile.of(names));
    port = FreePort.on(names.values().stream().flatMap(List::stream).distinct().toList());
    keep(TalkServer.plain(Hosts.GOOD, port));
    for (Map.Entry<String, List<String>> list : names.entrySet()) {
      for (String address : own(list.getValue())) {
        boolean refuses = list.getKey().startsWith("refused") && !address.equals("127.9.41.2");
        if (!refuses) {
          keep(BlackHole.on(address, port));
        }
      }
    }
    List<Callable<Map<String, Facts>>> runs = new ArrayList<>();
    runs.add(() -> walk(jvm(), TimedWay.SOCKET, SHORT_MILLIS, LISTS.keySet()));
    runs.add(() -> walk(agentJvm(DELAY_MILLIS), TimedWay.SOCKET, SHORT_MILLIS, LISTS.keySet()));
    // The first name only has the classes of a race loaded.
    List<String> ofLong = List.of("refused2.test", REFUSED_AND_DEAD);
    for (TimedWay way : TimedWay.values()) {
      runs.add(() -> walk(jvm(), way, LONGER_MILLIS, ofLong));
      runs.add(() -> walk(agentJvm(DELAY_MILLIS), way, LONGER_MILLIS, ofLong));
    }
    for (TimedWay way : Strace.canTrace() ? TimedWay.values() : new TimedWay[0]) {
      SHORT.put(way, new LinkedHashMap<>());
      LONG.put(way, new LinkedHashMap<>());
      runs.add(
          () ->
              trace(DELAY_MILLIS, way, SHORT_MILLIS, List.copyOf(LISTS.keySet()), SHORT.get(way)));
      runs.add(() -> trace(LONG_DELAY_MILLIS, way, LONG_MILLIS, LONG_WALKS, LONG.get(way)));
    }
    Iterator<Map<String, Facts>> seen = Side.bySide(runs).iterator();
    plain = seen.next();
    agent = seen.next();
    for (TimedWay way : TimedWay.values()) {
      PLAIN_OF_LONG.put(way, seen.next().get(REFUSED_AND_DEAD));
      AGENT_OF_LONG.put(way, seen.next().get(REFUSED_AND_DEAD));
    }
  }

  @AfterAll
  static void close() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  private static List<String> list(String name, int third, int length) {
    List<String> addresses = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      addresses.add("127.9." + third + "." + i);
    }
    LISTS.put(name, addresses);
    return addresses;
  }

  /** The addresses that only this list has. */
  private static List<String> own(List<String> list) {
    return list.stream().filter(address -> !address.equals(Hosts.GOOD)).toList();
  }

  @TestFactory
  Stream<DynamicTest> takesNoLongerThanWithoutTheAgent() {
    return LISTS.keySet().stream()
        .map(name -> dynamicTest(name, () -> compare(plain.get(name), agent.get(name))));
  }

  private static void compare(Facts alone, Facts raced) {
    System.out.println(alone + " " + raced);
    long with = Long.parseLong(raced.get("ms"));
    long without = Long.parseLong(alone.get("ms"));
    // Waiting for a processor is not in it. The longest list, walked squared, takes many times as
    // long as the slack.
    assertTrue(with <= without * 1.25 + SLACK_MILLIS, with + " ms, " + without);
    assertEquals(alone.get("reached").equals("null"), raced.get("reached").equals("null"));
  }

  /**
   * The race of the first step waits for the silent one too, but not for the whole timeout; the
   * next step of a blocking walk has that much less. A channel's timeout nobody knows.
   */
  @ParameterizedTest
  @EnumSource
  void theTimeoutOfASilentAddressAfterARefusalIsPaidOnce(TimedWay way) {
    Facts alone = PLAIN_OF_LONG.get(way);
    Facts raced = AGENT_OF_LONG.get(way);
    System.out.println(way + " " + alone + " " + raced);
    long more = Long.parseLong(raced.get("ms")) - Long.parseLong(alone.get("ms"));
    int most = LONGER_MILLIS / 4 + (way == TimedWay.SOCKET ? 0 : PATIENCE_MILLIS);
    assertTrue(more < most, alone + " " + raced);
    assertEquals(alone.get("tried"), raced.get("tried"));
    assertEquals(alone.get("reached"), raced.get("reached"));
    assertEquals(alone.get("first failure"), raced.get("first failure"));
    assertEquals(alone.get("last failure"), raced.get("last failure"));
  }

  /** How many siblings a short race gets to depends on the machine. */
  @ParameterizedTest
  @EnumSource
  void dialsNoListSquared(TimedWay way) throws Exception {
    assumeTrue(SHORT.containsKey(way), "no strace, or no right to use it");
    for (String name : LISTS.keySet()) {
      List<Long> dials = dials(SHORT.get(way), name);
      System.out.println(way + " " + name + ": " + dials + " dials of its own addresses");
      if (name.startsWith("refused")) {
        assertEquals(onceMore(dials.size()), dials, name);
      } else {
        assertEquals(1, dials.get(0), name);
        // Once as a sibling in a race, once more where the program insists.
        assertTrue(dials.stream().allMatch(n -> n == 1 || n == 2), name + ": " + dials);
      }
    }
  }

  /** Time for all in the first race: each sibling is dialled in it, and again by the program. */
  @ParameterizedTest
  @EnumSource
  void dialsExactlyOnceMoreWhereTheTimeoutIsLong(TimedWay way) throws Exception {
    assumeTrue(LONG.containsKey(way), "no strace, or no right to use it");
    for (String name : LONG_WALKS) {
      List<Long> dials = dials(LONG.get(way), name);
      List<Long> expected = onceMore(dials.size());
      if (name.startsWith("last")) {
        // The race reaches the last one, and the walk ends with its first step.
        expected = List.of(1L, 1L, 1L);
      }
      assertEquals(expected, dials, name);
    }
  }

  private static List<Long> onceMore(int length) {
    List<Long> dials = new ArrayList<>(List.of(1L));
    while (dials.size() < length) {
      dials.add(2L);
    }
    return dials;
  }

  private static List<Long> dials(Map<String, Dials> walked, String name) throws Exception {
    List<Long> dials = new ArrayList<>();
    for (String address : own(LISTS.get(name))) {
      dials.add(walked.get(name).dials(address));
    }
    return dials;
  }

  private static Map<String, Facts> walk(
      ForkedJvm jvm, TimedWay way, int millis, Collection<String> names) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(way, port, millis));
    arguments.addAll(names);
    return Side.facts(jvm, WalkProbe.class, arguments.toArray());
  }

  /**
   * Walks them with the agent until each has been walked without a pause, each time in a new JVM,
   * which knows nothing of the addresses.
   *
   * @param walked for each list the dials of the JVM that has done so
   */
  private static Map<String, Facts> trace(
      int delayMillis, TimedWay way, int millis, List<String> names, Map<String, Dials> walked)
      throws Exception {
    Map<String, Facts> all = new LinkedHashMap<>();
    List<String> left = new ArrayList<>(names);
    for (int times = 0; !left.isEmpty(); times++) {
      assertTrue(times < MOST_WALKS, () -> "each walk had too long a pause: " + all);
      left.add(0, WARM_UP);
      Dials dials = keep(new Dials());
      Map<String, Facts> seen =
          walk(dials.traced(agentJvm(delayMillis)), way, millis, List.copyOf(left));
      left.remove(0);
      all.putAll(seen);
      for (String name : List.copyOf(left)) {
        if (Long.parseLong(seen.get(name).get("longest pause ms")) < PAUSE_MILLIS) {
          walked.put(name, dials);
          left.remove(name);
        } else {
          System.out.println(way + " once more: " + seen.get(name));
        }
      }
    }
    return all;
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.onThisJdk().limit(Duration.ofMinutes(5)).flags(hosts.flag());
  }

  private static ForkedJvm agentJvm(int delayMillis) {
    return jvm().agent(AgentLab.JAR, "delay=" + delayMillis + "ms");
  }

  private static synchronized <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
