package io.heagent.bench.startup;

import io.heagent.bench.Acceptor;
import io.heagent.bench.startup.Recorded.Made;
import io.heagent.it.startup.AllocationProbe;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Names each object that the agent allocates for a connect to the first of several addresses, which
 * is good. The JVM allocates nothing in thread-local buffers here, so that the flight recorder has
 * an event for each object.
 */
final class AllocationProfile {
  private static final String GOOD = "127.0.0.1";
  private static final int CONNECTS = 500;

  /** What is allocated in nine of ten connects belongs to each; the rest to the first ones. */
  private static final double EACH = 0.9;

  /** Makes the agent's own events, for which there is a recording only here. */
  private static final String OWN_EVENTS = "io.heagent.agent.observe.jfr.";

  /** Loads classes, for the first connects only, and many objects for each. */
  private static final String LOADER = "io.heagent.agent.AgentClassLoader";

  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0">
        <event name="%s">
          <setting name="enabled">true</setting>
          <setting name="stackTrace">true</setting>
        </event>
      </configuration>
      """
          .formatted(Recorded.EVENT);

  private AllocationProfile() {}

  static void print(Path agent) throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("profile");
        Acceptor acceptor = new Acceptor();
        HostsFile hosts = HostsFile.of(Map.of("good.test", List.of(GOOD, "127.0.0.8")))) {
      Path settings = Files.writeString(directory.path().resolve("objects.jfc"), SETTINGS);
      Path recording = directory.path().resolve("objects.jfr");
      ForkedJvm.Outcome outcome =
          ForkedJvm.onThisJdk()
              .flags(Recorded.FLAGS)
              .flags("-XX:StartFlightRecording:settings=" + settings + ",filename=" + recording)
              .flags(hosts.flag())
              .agent(agent, "delay=2s")
              .run(AllocationProbe.class, "good.test", acceptor.port(), Integer.toString(CONNECTS));
      if (outcome.exitCode() != 0) {
        throw new IOException("did not run: " + outcome);
      }
      print(Recorded.read(recording, AllocationProfile::isOfOthers));
    }
  }

  /** What is of an event, or of the loading of classes, is not the connect's. */
  private static boolean isOfOthers(String owner) {
    return owner.startsWith(OWN_EVENTS) || owner.equals(LOADER);
  }

  private static void print(Map<String, Made> all) {
    long sum = 0;
    System.out.println("Objects of a connect, bytes:");
    for (Map.Entry<String, Made> one : all.entrySet()) {
      Made made = one.getValue();
      if (made.objects >= CONNECTS * EACH) {
        long bytes = Math.round(made.bytes / (double) made.objects);
        System.out.printf("%6d  %s%n", bytes, one.getKey());
        sum += bytes;
      }
    }
    System.out.printf("%6d  together%n", sum);
  }
}
