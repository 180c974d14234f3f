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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Arguments: the agent's jar, and optionally its settings, a directory for recordings of the flight
 * recorder, one of each client with the agent, and the name of the only client to run. Runs the
 * clients without the agent, some at a time, and meanwhile each with it, prints a table, and ends
 * with 0 only if every client reached the good address with the agent, and each recording has the
 * client's races with their attempts.
 */
public final class Demo {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final int MOST_STDERR_LINES = 20;
  private static final int WITHOUT_AT_A_TIME = 4;

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
    String settings = argument(args, 1).map(given -> "=" + given).orElse("");
    Optional<Path> recordings = argument(args, 2).map(Path::of);
    Optional<String> flag =
        Optional.of("-javaagent:" + jar + settings).filter(any -> Files.isReadable(jar));
    boolean success;
    try (DemoLab lab = new DemoLab()) {
      success = new Demo(lab, flag, recordings, out).run(jar, argument(args, 3));
    }
    System.exit(success ? 0 : 1);
  }

  /** One of the arguments; empty if it is not there, or has no letter. */
  private static Optional<String> argument(String[] args, int index) {
    return Optional.of(args)
        .filter(a -> a.length > index && !a[index].isEmpty())
        .map(a -> a[index]);
  }

  private boolean run(Path jar, Optional<String> only) throws IOException, InterruptedException {
    List<Client> clients =
        Clients.in(lab, CONNECT_TIMEOUT).stream()
            .filter(client -> only.map(client.label()::equals).orElse(true))
            .toList();
    if (clients.isEmpty()) {
      out.println("There is no client " + only.orElseThrow() + ".");
      return false;
    }
    explain(jar);
    ExecutorService waiting = Executors.newFixedThreadPool(WITHOUT_AT_A_TIME);
    try {
      return run(clients, startWithout(clients, waiting));
    } finally {
      waiting.shutdownNow();
    }
  }

  /**
   * Runs all clients without the agent, some at a time: they mostly wait for their timeouts. More
   * at a time would start so slowly that some reached the limit before their timeout.
   */
  private List<Future<ForkedJvm.Outcome>> startWithout(
      List<Client> clients, ExecutorService waiting) {
    List<Future<ForkedJvm.Outcome>> started = new ArrayList<>();
    for (Client client : clients) {
      started.add(waiting.submit(() -> run(client, Optional.empty())));
    }
    return started;
  }

  /** Runs the clients with the agent one after the other, each after the same without it. */
  private boolean run(List<Client> clients, List<Future<ForkedJvm.Outcome>> allWithout)
      throws IOException, InterruptedException {
    Table table = new Table(out);
    table.header();
    int reached = 0;
    int recorded = 0;
    double slowestProcess = 0;
    for (int i = 0; i < clients.size(); i++) {
      Client client = clients.get(i);
      Sight without = Sight.of(get(allWithout.get(i)));
      if (agentFlag.isEmpty()) {
        table.row(client.label(), without, Optional.empty());
        continue;
      }
      ForkedJvm.Outcome outcome = run(client, agentFlag);
      Sight with = Sight.of(outcome);
      table.row(client.label(), without, Optional.of(with));
      slowestProcess = Math.max(slowestProcess, outcome.seconds());
      recorded += isRecorded(client) ? 1 : 0;
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
    if (agentFlag.isPresent() && recordings.isPresent()) {
      out.printf(
          "%d of %d recordings have each race with its attempts.%n", recorded, clients.size());
    }
    return reached == clients.size() && (recordings.isEmpty() || recorded == reached);
  }

  private static ForkedJvm.Outcome get(Future<ForkedJvm.Outcome> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private boolean isRecorded(Client client) throws IOException {
    if (recordings.isEmpty()) {
      return false;
    }
    Optional<String> missing = Recording.read(recording(client)).missing();
    missing.ifPresent(what -> out.println("  " + what));
    return missing.isEmpty();
  }

  private Path recording(Client client) {
    String name = client.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return recordings.orElseThrow().resolve(name + ".jfr");
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
      jvm.flags(
          "-XX:StartFlightRecording=filename=" + recording(client), "-Xlog:jfr+startup=error");
    }
    return client.runIn(jvm);
  }
}
