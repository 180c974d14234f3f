package io.heagent.bench.peers;

import io.heagent.bench.Results;
import io.heagent.bench.Samples;
import io.heagent.bench.figures.Figure;
import io.heagent.testkit.DnsServer;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.Loopback;
import io.heagent.testkit.net.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments: the agent's jar, and how many rounds. How long other programs that race take, and a
 * plain socket with the agent, in the lab's network namespace, where names come from a hosts file
 * and a DNS server of the benchmark's own. In turn; none is told anything but a host and a port.
 */
public final class PeersBench {
  private static final String DEAD_FIRST = "dead.internal";
  private static final String REFUSED_FIRST = "refused.internal";
  private static final String LATE_IPV6 = "slow-aaaa.peers.test";

  /** The first is cold, the last is warm. */
  private static final int TIMES = 3;

  private PeersBench() {}

  public static void main(String[] args) throws Exception {
    if (NetworkNamespace.missing().isPresent()) {
      System.out.println("peers are not measured: " + NetworkNamespace.missing().get());
      return;
    }
    int rounds = Integer.parseInt(args[1]);
    String good = NetworkNamespace.GOOD.ipv4().getHostAddress();
    try (TempDirectory directory = TempDirectory.create("peers");
        HttpOrigin http = HttpOrigin.http("::", 0);
        DnsServer dns =
            new DnsServer(
                Loopback.address("127.0.0.1"),
                53,
                NetworkNamespace.GOOD.ipv4(),
                NetworkNamespace.GOOD.ipv6(),
                NetworkNamespace.DROPPED.ipv4())) {
      mount(
          directory.path(),
          "/etc/hosts",
          "127.0.0.1 localhost\n"
              + line(NetworkNamespace.DROPPED.ipv6().getHostAddress(), DEAD_FIRST)
              + line(good, DEAD_FIRST)
              + line(NetworkNamespace.RESET.ipv6().getHostAddress(), REFUSED_FIRST)
              + line(good, REFUSED_FIRST));
      mount(
          directory.path(),
          "/etc/resolv.conf",
          "nameserver 127.0.0.1\noptions timeout:5 attempts:1\n");
      mount(directory.path(), "/etc/nsswitch.conf", "hosts: files dns\n");
      List<Peer> peers = Peers.of(Path.of(args[0]), directory.path());
      Map<String, Map<String, Samples>> rows = new LinkedHashMap<>();
      for (int i = 0; i < rounds; i++) {
        for (Peer peer : peers) {
          measure(peer, http.port(), directory.path(), rows);
        }
      }
      report(rows, rounds);
      System.out.println(
          dns.questions(LATE_IPV6, "AAAA") + " questions for AAAA were made to wait");
    }
  }

  private static String line(String address, String name) {
    return address + " " + name + "\n";
  }

  /** In this JVM's own mount namespace. */
  private static void mount(Path directory, String over, String text)
      throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve(Path.of(over).getFileName()), text);
    Peer.output(List.of("mount", "--bind", file.toString(), over), directory);
  }

  private static void measure(
      Peer peer, int port, Path directory, Map<String, Map<String, Samples>> rows)
      throws IOException, InterruptedException {
    List<Double> dead = peer.run(DEAD_FIRST, port, TIMES, directory);
    List<Double> refused = peer.run(REFUSED_FIRST, port, TIMES, directory);
    List<Double> late = peer.run(LATE_IPV6, port, 1, directory);
    add(rows, "dead first in a new process", peer, dead.get(0));
    add(rows, "dead first for the third time", peer, dead.get(TIMES - 1));
    add(rows, "refused first for the third time", peer, refused.get(TIMES - 1));
    add(rows, "IPv6 answer 2.5 s late", peer, late.get(0));
  }

  private static void add(
      Map<String, Map<String, Samples>> rows, String row, Peer peer, double millis) {
    rows.computeIfAbsent(row, unknown -> new LinkedHashMap<>())
        .computeIfAbsent(peer.name(), unknown -> new Samples())
        .add(millis);
  }

  private static void report(Map<String, Map<String, Samples>> rows, int rounds)
      throws IOException {
    Results results = new Results(Figure.PEERS, rounds);
    System.out.printf("%s, %d rounds in turn, milliseconds%n", JdkHomes.current(), rounds);
    for (Map.Entry<String, Map<String, Samples>> row : rows.entrySet()) {
      System.out.println(row.getKey());
      for (Map.Entry<String, Samples> peer : row.getValue().entrySet()) {
        System.out.printf("  %-26s %26s%n", peer.getKey(), peer.getValue().range());
        results.add(row.getKey(), peer.getKey(), peer.getValue());
      }
    }
    results.save();
  }
}
