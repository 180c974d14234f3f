package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.TempDirectory;
import io.heagent.probes.Facts;
import io.heagent.probes.FastPathProbe;
import io.heagent.probes.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several addresses, the first one answers: the same system calls as without the agent, counted by
 * strace as the difference that more connects make.
 */
class FastPathIT {
  private static final int FEW = 5;
  private static final int MORE = 25;

  /** Those that make sockets, connections, selectors, threads and copies. */
  private static final List<String> CALLS =
      List.of(
          "socket",
          "connect",
          "epoll_create1",
          "eventfd2",
          "pipe2",
          "clone",
          "clone3",
          "dup",
          "dup2",
          "dup3");

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"NEW_SOCKET", "SOCKET_TIMEOUT", "CHANNEL", "ADAPTOR"})
  void firstAddressThatAnswersCostsNoSocketThreadOrSelector(Way way) throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      assumeTrue(isTraceable(lab), "no strace here, or it may not trace");
      Map<String, Integer> plain = difference(lab.port(), way, lab::plain);
      // A long delay: a machine that is busy for a while must not make a race of it.
      Map<String, Integer> agent = difference(lab.port(), way, () -> lab.agent("delay=2s"));
      assertEquals(MORE - FEW, plain.get("connect"), plain::toString);
      assertEquals(plain, agent);
    }
  }

  private interface Jvm {
    ForkedJvm get();
  }

  private static Map<String, Integer> difference(int port, Way way, Jvm jvm) throws Exception {
    Map<String, Integer> few = counts(port, way, jvm.get(), FEW);
    Map<String, Integer> more = counts(port, way, jvm.get(), MORE);
    few.forEach((call, count) -> more.merge(call, -count, Integer::sum));
    return more;
  }

  private static Map<String, Integer> counts(int port, Way way, ForkedJvm jvm, int connects)
      throws Exception {
    try (TempDirectory directory = TempDirectory.create("strace")) {
      Path trace = directory.path().resolve("trace");
      // Interpreted and with the simplest collector: no thread of the JVM's own comes and goes.
      ForkedJvm.Outcome outcome =
          jvm.under("strace", "-f", "-e", "trace=" + traced(), "-o", trace.toString())
              .flags("-Xint", "-XX:+UseSerialGC")
              .run(FastPathProbe.class, "" + port, way.name(), "" + connects);
      Map<String, Facts> seen = Facts.parse(outcome.stdout());
      assertEquals(connects, seen.size(), outcome::stderr);
      assertTrue(seen.values().stream().noneMatch(f -> f.has("error")), seen::toString);
      return count(trace);
    }
  }

  // A question mark: not every machine has every call.
  private static String traced() {
    return "?" + String.join(",?", CALLS);
  }

  private static Map<String, Integer> count(Path trace) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    CALLS.forEach(call -> counts.put(call, 0));
    for (String line : Files.readAllLines(trace)) {
      String call = line.replaceFirst("^\\d+ +", "").replaceFirst("\\(.*", "");
      if (counts.containsKey(call)) {
        counts.merge(call, 1, Integer::sum);
      }
    }
    return counts;
  }

  private static boolean isTraceable(AgentLab lab) throws InterruptedException {
    try {
      return lab.plain()
              .under("strace", "-f", "-e", "trace=?dup3", "-o", "/dev/null")
              .run(FastPathProbe.class, "" + lab.port(), "NEW_SOCKET", "0")
              .exitCode()
          == 0;
    } catch (IOException noStrace) {
      return false;
    }
  }
}
