package io.heagent.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.agent.AgentLab;
import io.heagent.lab.BlackHole;
import io.heagent.lab.ForkedJvm;
import io.heagent.lab.FreePort;
import io.heagent.lab.HostsFile;
import io.heagent.lab.TalkServer;
import io.heagent.lab.TempDirectory;
import io.heagent.probes.Facts;
import io.heagent.probes.nio.NioScenario.Hosts;
import io.heagent.probes.nio.WalkProbe;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A program that walks the list by itself is not made slower, and no list is dialled squared. */
class WalkedListsIT {
  private static final int TIMEOUT_MILLIS = 400;
  private static final int SLACK_MILLIS = 2000;
  private static final List<Integer> LENGTHS = List.of(2, 4, 8);

  private static final Deque<Closeable> OPEN = new ArrayDeque<>();

  /** Each list has addresses of its own, by which its connects are told apart. */
  private static final Map<String, List<String>> LISTS = new LinkedHashMap<>();

  private static int port;
  private static HostsFile hosts;
  private static Map<String, Facts> plain;
  private static Map<String, Facts> agent;

  /** The connect calls of one more run with the agent; no file where they can't be traced. */
  private static Path trace;

  @BeforeAll
  static void open() throws Exception {
    for (int length : LENGTHS) {
      list("dead" + length + ".test", 10 + length, length);
      list("last" + length + ".test", 20 + length, length - 1).add(Hosts.GOOD);
      list("refused" + length + ".test", 30 + length, length);
    }
    hosts = keep(HostsFile.of(LISTS));
    port = FreePort.on(LISTS.values().stream().flatMap(List::stream).distinct().toList());
    keep(TalkServer.plain(Hosts.GOOD, port));
    for (Map.Entry<String, List<String>> list : LISTS.entrySet()) {
      for (String address : list.getValue()) {
        if (!list.getKey().startsWith("refused") && !address.equals(Hosts.GOOD)) {
          keep(BlackHole.on(address, port));
        }
      }
    }
    trace = keep(TempDirectory.create("strace")).path().resolve("calls");
    List<Map<String, Facts>> runs =
        Side.bySide(List.of(() -> walk(jvm()), () -> walk(agentJvm()), () -> traced()));
    plain = runs.get(0);
    agent = runs.get(1);
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

  @TestFactory
  Stream<DynamicTest> takesNoLongerThanWithoutTheAgent() {
    return LISTS.keySet().stream()
        .map(
            name ->
                dynamicTest(
                    name,
                    () -> {
                      long with = Long.parseLong(agent.get(name).get("ms"));
                      long without = Long.parseLong(plain.get(name).get("ms"));
                      System.out.println(name + ": " + plain.get(name) + " " + agent.get(name));
                      // The slack is for a busy machine: the longest list, walked squared, takes
                      // many times as long.
                      assertTrue(with <= without * 1.25 + SLACK_MILLIS, with + " ms, " + without);
                      assertEquals(reached(plain.get(name)), reached(agent.get(name)));
                    }));
  }

  private static boolean reached(Facts facts) {
    return !facts.get("reached").equals("null");
  }

  @TestFactory
  Stream<DynamicTest> dialsNoListSquared() throws Exception {
    assumeTrue(Files.exists(trace), "no strace, or no right to use it");
    List<String> lines = Files.readAllLines(trace);
    List<DynamicTest> tests = new ArrayList<>();
    LISTS.forEach(
        (name, addresses) -> {
          String first = addresses.get(0);
          String prefix = first.substring(0, first.length() - 1);
          long dials =
              lines.stream()
                  .filter(line -> line.contains("connect(") && line.contains(prefix))
                  .count();
          System.out.println(name + ": " + dials + " dials of its own addresses");
          tests.add(
              dynamicTest(
                  name,
                  () -> {
                    assertTrue(dials >= 1, "the trace shows nothing");
                    // Once in a race over all, once more where the program insists.
                    assertTrue(dials <= 2L * addresses.size(), dials + " dials");
                  }));
        });
    return tests.stream();
  }

  private static boolean hasStrace() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "-o", "/dev/null", "true").start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static Map<String, Facts> traced() throws Exception {
    return hasStrace()
        ? walk(agentJvm().under("strace", "-f", "-e", "trace=connect", "-o", trace.toString()))
        : Map.of();
  }

  private static Map<String, Facts> walk(ForkedJvm jvm) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(port, TIMEOUT_MILLIS));
    arguments.addAll(LISTS.keySet());
    return Side.facts(jvm, WalkProbe.class, arguments.toArray());
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.onThisJdk().limit(Duration.ofMinutes(5)).flags(hosts.flag());
  }

  private static ForkedJvm agentJvm() {
    return jvm().agent(AgentLab.JAR, "delay=100ms");
  }

  private static <T extends Closeable> T keep(T opened) {
    OPEN.push(opened);
    return opened;
  }
}
