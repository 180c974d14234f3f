package io.heagent.examples.demo;

import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Jdk;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Arguments: the agent's jar, and optionally its settings and a directory for recordings of the
 * flight recorder, one of each client with the agent. Runs each client without and with the agent
 * in turn, prints a table, and ends with 0 only if every client reached the good address with the
 * agent.
 */
public final class Demo {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final int MOST_STDERR_LINES = 20;

  private final Jdk jdk = JdkHomes.current();
  private final DemoLab lab;
  private final Optional<String> agentFlag;
  private final Optional<Path> recordings;
  private final PrintStream out;

  private Demo(
      DemoLab lab, Optional<String> agentFlag, Optional<Path> recordings, PrintStream out) {
    this.recordings = recordings;
    this.lab = lab;
    this.agentFlag = agentFlag;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path jar = Path.of(args[0]);
    String settings = args.length > 1 && !args[1].isEmpty() ? "=" + args[1] : "";
    Optional<Path> recordings = Optional.of(args).filter(a -> a.length > 2).map(a -> Path.of(a[2]));
    Optional<String> flag =
        Optional.of("-javaagent:" + jar + settings).filter(any -> Files.isReadable(jar));
    boolean success;
    try (DemoLab lab = new DemoLab()) {
      success = new Demo(lab, flag, recordings, out).run(jar);
    }
    System.exit(success ? 0 : 1);
  }

  private boolean run(Path jar) throws IOException, InterruptedException {
    explain(jar);
    List<Client> clients = Clients.in(lab, CONNECT_TIMEOUT);
    Table table = new Table(out);
    table.header();
    int reached = 0;
    double slowestProcess = 0;
    for (Client client : clients) {
      Sight without = Sight.of(run(client, Optional.empty()));
      if (agentFlag.isEmpty()) {
        table.row(client.label(), without, Optional.empty());
        continue;
      }
      ForkedJvm.Outcome outcome = run(client, agentFlag);
      Sight with = Sight.of(outcome);
      table.row(client.label(), without, Optional.of(with));
      slowestProcess = Math.max(slowestProcess, outcome.seconds());
      if (with.ok() && with.address().equals(Optional.of(DemoLab.GOOD))) {
        reached++;
      } else {
        outcome.stderr().lines().limit(MOST_STDERR_LINES).forEach(line -> out.println("  " + line));
      }
    }
    if (agentFlag.isPresent()) {
      out.printf(
          "%n%d of %d clients reached %s with the agent; s: the client's own call. From JVM start to"
              + " exit no client with the agent took longer than %.2f s.%n",
          reached, clients.size(), DemoLab.GOOD, slowestProcess);
    }
    return reached == clients.size();
  }

  private void explain(Path jar) {
    out.println(jdk);
    out.printf(
        "%s has three addresses: %s drops every SYN, %s refuses, %s serves.%n",
        DemoLab.HOST, DemoLab.DEAD, DemoLab.REFUSING, DemoLab.GOOD);
    out.printf(
        "The clients' connect timeout, where they have one: %d s.%n", CONNECT_TIMEOUT.toSeconds());
    out.println(
        agentFlag
            .map(flag -> "with = the same JVM, program and flags, and " + flag)
            .orElse("The agent is not built (" + jar + " is missing): plain JVM only."));
    out.println();
  }

  private ForkedJvm.Outcome run(Client client, Optional<String> flag)
      throws IOException, InterruptedException {
    ForkedJvm jvm = ForkedJvm.on(jdk).flags(lab.clientFlags()).limit(LIMIT);
    flag.ifPresent(jvm::flags);
    if (flag.isPresent() && recordings.isPresent()) {
      String name = client.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      Path file = recordings.get().resolve(name + ".jfr");
      jvm.flags("-XX:StartFlightRecording=filename=" + file, "-Xlog:jfr+startup=error");
    }
    return client.runIn(jvm);
  }
}
