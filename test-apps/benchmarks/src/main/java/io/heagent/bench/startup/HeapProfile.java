package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.measured.Recorder;
import io.heagent.bench.measured.Resident;
import io.heagent.bench.startup.Recorded.Made;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Shows what of a start's heap is allocated in which method of the agent, its callees among it: in
 * {@code premain}, and for the first connect. The JVM interprets, so that no compiler saves an
 * object.
 */
final class HeapProfile {
  /** Smaller places are summed up, in bytes. */
  private static final long LEAST = 4_096;

  private HeapProfile() {}

  static void print(Path agent) throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("profile");
        Acceptor acceptor = new Acceptor()) {
      Path program =
          OneClassJar.write(directory.path().resolve("resident.jar"), Resident.class, "Main-Class");
      Path recorder =
          OneClassJar.write(
              directory.path().resolve("recorder.jar"), Recorder.class, "Premain-Class");
      Path recording = directory.path().resolve("start.jfr");
      for (String port : List.of("0", acceptor.port())) {
        ForkedJvm.Outcome outcome =
            ForkedJvm.onThisJdk()
                .flags(Recorded.FLAGS)
                .classPath(program.toString())
                .agent(recorder, recording.toString())
                .agent(agent, "")
                .run(Resident.class, port);
        if (outcome.exitCode() != 0) {
          throw new IOException("did not run: " + outcome);
        }
        String what = port.equals("0") ? "no socket" : "one socket";
        System.out.printf("Objects of a start, %s, bytes, and how many:%n", what);
        print(Recorded.read(recording, owner -> false));
      }
    }
  }

  private static void print(Map<String, Made> all) {
    Made rest = new Made();
    Made together = new Made();
    all.values().stream().filter(made -> made.bytes < LEAST).forEach(rest::add);
    all.values().forEach(together::add);
    all.entrySet().stream()
        .filter(one -> one.getValue().bytes >= LEAST)
        .sorted(Comparator.comparingLong(one -> -one.getValue().bytes))
        .forEach(one -> print(one.getValue(), one.getKey()));
    print(rest, "at places with less than " + LEAST + " each");
    print(together, "together");
  }

  private static void print(Made made, String place) {
    System.out.printf("%8d %6d  %s%n", made.bytes, made.objects, place);
  }
}
