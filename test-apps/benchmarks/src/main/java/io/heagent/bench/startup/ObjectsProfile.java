package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.measured.EmptyAgent;
import io.heagent.bench.measured.Waiting;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.JdkHomes;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows what of a start's heap is the agent's, by the class of the objects, over an agent that does
 * nothing. A histogram counts the dead objects too, and no collection has run, so these are all
 * objects that were allocated.
 */
final class ObjectsProfile {

  /** A line of the histogram: how many objects, their bytes, their class. */
  private static final Pattern LINE = Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");

  /** Smaller differences are not shown, in bytes. */
  private static final long LEAST = 4_096;

  private static final int TRIES = 3_000;
  private static final int REST_MILLIS = 10;

  private ObjectsProfile() {}

  static void print(Path agent) throws Exception {
    try (TempDirectory directory = TempDirectory.create("profile");
        Acceptor acceptor = new Acceptor()) {
      Path program =
          OneClassJar.write(directory.path().resolve("waiting.jar"), Waiting.class, "Main-Class");
      Path empty =
          OneClassJar.write(
              directory.path().resolve("empty.jar"), EmptyAgent.class, "Premain-Class");
      for (String port : List.of("0", acceptor.port())) {
        Path file = directory.path().resolve("waiting");
        Map<String, Long> without = histogram(program, empty, port, file);
        Map<String, Long> with = histogram(program, agent, port, file);
        without.forEach((name, bytes) -> with.merge(name, -bytes, Long::sum));
        String what = port.equals("0") ? "no socket" : "one socket";
        System.out.printf("Objects of a start, %s, bytes over an empty agent:%n", what);
        with.entrySet().stream()
            .filter(one -> Math.abs(one.getValue()) >= LEAST)
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .forEach(one -> System.out.printf("%+9d  %s%n", one.getValue(), one.getKey()));
        long sum = with.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf("%+9d  together%n", sum);
      }
    }
  }

  /** The bytes of all objects of each class at the end of the program. */
  private static Map<String, Long> histogram(Path program, Path agent, String port, Path file)
      throws Exception {
    ForkedJvm jvm =
        ForkedJvm.onThisJdk()
            .flags("-XX:+UseG1GC", "-XX:-UseTLAB")
            .classPath(program.toString())
            .agent(agent, "");
    Future<ForkedJvm.Outcome> end = jvm.start(Waiting.class, port, file.toString());
    try {
      return histogram(processId(file, end));
    } finally {
      Files.deleteIfExists(file);
      end.get();
    }
  }

  private static String processId(Path file, Future<?> end) throws Exception {
    for (int i = 0; i < TRIES && !end.isDone(); i++) {
      String line = Files.exists(file) ? Files.readString(file) : "";
      if (line.endsWith("\n")) {
        return line.strip();
      }
      Thread.sleep(REST_MILLIS);
    }
    throw new IOException("the program did not come so far");
  }

  private static Map<String, Long> histogram(String process) throws IOException {
    Path jcmd = JdkHomes.current().home().resolve("bin").resolve("jcmd");
    Process running =
        new ProcessBuilder(jcmd.toString(), process, "GC.class_histogram", "-all")
            .redirectErrorStream(true)
            .start();
    Map<String, Long> all = new TreeMap<>();
    try (InputStream in = running.getInputStream()) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        Matcher counted = LINE.matcher(line);
        if (counted.find()) {
          all.merge(counted.group(3), Long.parseLong(counted.group(2)), Long::sum);
        }
      }
      if (all.isEmpty()) {
        throw new IOException("no histogram: " + text);
      }
    } finally {
      running.destroyForcibly();
    }
    return all;
  }
}
