package io.heagent.it.crowd;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.Crowd;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.NetworkNamespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A thousand threads connect at once to a name whose first address is dead: that address gets few
 * SYNs, as the kernel's packet filter counts them, and no thread is slower for it.
 */
@Tag("netns")
@Isolated("counts what the whole namespace drops")
@Tag("one-jdk")
@Timeout(300)
class ManyThreadsIT {
  private static final int THREADS = 1_000;

  /**
   * As many dial before the agent can know that the address is dead, and the kernel sends their
   * SYNs again.
   */
  private static final int FEW = 4 * 32;

  private static final int ROUNDS = 3;

  private static final Pattern DROPPED = Pattern.compile("@drop4 counter packets (\\d+)");

  private static final String DEAD = NetworkNamespace.DROPPED.ipv4().getHostAddress();
  private static final String GOOD = NetworkNamespace.GOOD.ipv4().getHostAddress();

  @BeforeEach
  void needsNamespace() {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
  }

  @Test
  void sendFewSynsToADeadAddress() throws Exception {
    int port = FreePort.on(GOOD);
    try (Crowd crowd = new Crowd(GOOD, port);
        HostsFile hosts = HostsFile.of("many.test", DEAD, GOOD)) {
      boolean similar = false;
      for (int round = 0; round < ROUNDS && !similar; round++) {
        similar = isSimilar(hosts, port);
      }
      assertTrue(similar, "the last of a thousand threads took longer, in every round");
      assertTrue(crowd.accepted() >= 2 * THREADS, () -> crowd.accepted() + " accepted");
    }
  }

  /**
   * Connects once without and once with single flight. How late the last of a thousand threads of a
   * JVM is that has just started is partly chance, so a round may say that it took longer though
   * the next does not.
   *
   * @return whether it took no longer than half as much again
   */
  private static boolean isSimilar(HostsFile hosts, int port) throws Exception {
    int before = dropped();
    Facts alone = connect(hosts, port, "history=off");
    int between = dropped();
    Facts together = connect(hosts, port, "");
    int after = dropped();
    System.out.printf(
        "%d threads: %s with %d SYNs dropped, without single flight %s with %d%n",
        THREADS, together, after - between, alone, between - before);
    assertAll(
        () -> assertEquals("[" + GOOD + "]", alone.get("seen")),
        () -> assertEquals("[" + GOOD + "]", together.get("seen")),
        () -> assertTrue(between - before >= THREADS, "the packet filter counts nothing"),
        () -> assertTrue(after - between <= FEW, () -> (after - between) + " SYNs"));
    return 2 * millis(together, "last") <= 3 * millis(alone, "last");
  }

  private static long millis(Facts facts, String key) {
    return Long.parseLong(facts.get(key));
  }

  private static Facts connect(HostsFile hosts, int port, String settings) throws Exception {
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .withC2()
            .limit(Duration.ofMinutes(2))
            .flags(hosts.flag(), "-Xss256k")
            .agent(AgentLab.JAR, settings);
    return Side.facts(jvm, ManyThreadsProbe.class, "many.test", port, THREADS).get("threads");
  }

  /** How many SYNs to dead addresses the namespace has dropped so far. */
  private static int dropped() throws Exception {
    Process nft =
        new ProcessBuilder("/usr/sbin/nft", "list", "chain", "inet", "lab", "syn")
            .redirectErrorStream(true)
            .start();
    String text = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher packets = DROPPED.matcher(text);
    assertTrue(packets.find(), text);
    return Integer.parseInt(packets.group(1));
  }
}
