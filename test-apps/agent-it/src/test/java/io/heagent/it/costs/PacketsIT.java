package io.heagent.it.costs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.startup.AllocationProbe;
import io.heagent.testkit.BannerServer;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * How many connections a program's connects begin, of which each sends a SYN, as the kernel counts
 * them in a network namespace where nobody else connects.
 */
@Tag("netns")
@Isolated("counts what the whole namespace sends")
class PacketsIT {
  /** What the probe makes before it measures, and as many again. */
  private static final int CONNECTS = 100;

  @Test
  void goodFirst() throws Exception {
    check(CostLimits.SYNS_GOOD_FIRST, NetworkNamespace.GOOD, NetworkNamespace.SECOND_GOOD);
  }

  /** The first connect finds out. */
  @Test
  void deadFirst() throws Exception {
    check(CostLimits.SYNS_DEAD_FIRST, NetworkNamespace.DROPPED, NetworkNamespace.GOOD);
  }

  @Test
  void refusedFirst() throws Exception {
    check(CostLimits.SYNS_REFUSED_FIRST, NetworkNamespace.RESET, NetworkNamespace.GOOD);
  }

  private static void check(CostLimits limit, NetworkNamespace first, NetworkNamespace second)
      throws Exception {
    assumeTrue(NetworkNamespace.missing().isEmpty(), () -> NetworkNamespace.missing().get());
    try (BannerServer server = BannerServer.plain("::", 0);
        HostsFile hosts =
            HostsFile.of(
                "name.test", first.ipv4().getHostAddress(), second.ipv4().getHostAddress())) {
      long before = begun();
      ForkedJvm.Outcome outcome =
          ForkedJvm.onThisJdk()
              .flags(hosts.flag())
              // What a slow machine loses must not be taken for a dead host.
              .agent(AgentLab.JAR, "delay=2s")
              .run(
                  AllocationProbe.class,
                  "name.test",
                  Integer.toString(server.port()),
                  Integer.toString(CONNECTS / 2));
      assertEquals("", outcome.stderr());
      assertEquals(0, outcome.exitCode());
      long begun = begun() - before;
      assertTrue(begun >= CONNECTS, () -> begun + " connections begun");
      assertTrue(begun <= limit.most(), () -> begun + " begun of at most " + limit.most());
    }
  }

  /** ActiveOpens of RFC 1213, of this namespace since it was made. */
  private static long begun() throws IOException {
    List<String> tcp =
        Files.readAllLines(Path.of("/proc/net/snmp")).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .toList();
    List<String> names = List.of(tcp.get(0).split(" ", -1));
    return Long.parseLong(tcp.get(1).split(" ", -1)[names.indexOf("ActiveOpens")]);
  }
}
