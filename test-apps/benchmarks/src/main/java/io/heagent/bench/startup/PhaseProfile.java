package io.heagent.bench.startup;

import io.heagent.bench.Samples;
import io.heagent.bench.measured.Resident;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shows what a start waits for: the time between the loads of the classes that begin its steps. */
final class PhaseProfile {

  /** A step, and the class that is loaded when it is over. */
  private record Step(String what, String next) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("the JVM up to the agent's first class", "io.heagent.agent.HeAgent"),
          new Step("premain linked, jar opened, own class loader", "io.heagent.agent.start.Entry"),
          new Step("settings, patches read", "io.heagent.agent.jdk.BridgeInstaller"),
          new Step("entrance into java.base", "sun.nio.ch.HeHook"),
          new Step(
              "bridge defined, JDK's classes patched", "io.heagent.agent.start.LateTransformer"),
          new Step("transformer for Netty", "io.heagent.agent.connect.FirstConnect"),
          new Step("end of premain to the program", Resident.class.getName()));

  private static final Pattern LOADED = Pattern.compile("^\\[ *(\\d+)ns *] (\\S+) source: ");

  private PhaseProfile() {}

  static void print(Path agent, int rounds) throws IOException, InterruptedException {
    Samples[] steps = new Samples[STEPS.size()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new Samples();
    }
    try (TempDirectory directory = TempDirectory.create("profile")) {
      Path program =
          OneClassJar.write(directory.path().resolve("resident.jar"), Resident.class, "Main-Class");
      for (int round = 0; round < rounds; round++) {
        ForkedJvm.Outcome outcome =
            ForkedJvm.onThisJdk()
                .flags("-Xlog:class+load:stdout:uptimenanos")
                .classPath(program.toString())
                .agent(agent, "")
                .run(Resident.class, "0");
        add(steps, outcome.stdout());
      }
    }
    System.out.printf("Time of a start, ms, medians of %d rounds:%n", rounds);
    for (int i = 0; i < steps.length; i++) {
      System.out.printf("%18s  %s%n", steps[i].range(), STEPS.get(i).what());
    }
  }

  private static void add(Samples[] steps, String log) throws IOException {
    int step = 0;
    double before = 0;
    for (String line : log.lines().toList()) {
      Matcher loaded = LOADED.matcher(line);
      if (step < steps.length && loaded.find() && loaded.group(2).equals(STEPS.get(step).next())) {
        double now = Double.parseDouble(loaded.group(1)) / 1e6;
        steps[step++].add(now - before);
        before = now;
      }
    }
    if (step < steps.length) {
      throw new IOException("was not loaded in this place: " + STEPS.get(step).next());
    }
  }
}
