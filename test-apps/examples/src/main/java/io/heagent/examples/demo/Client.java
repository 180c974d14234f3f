package io.heagent.examples.demo;

import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** One unmodified program of the demo, and how it is started. */
public record Client(
    String label, Class<?> main, List<String> arguments, Map<String, String> environment) {
  Client(String label, Class<?> main, String... arguments) {
    this(label, main, List.of(arguments), Map.of());
  }

  public ForkedJvm.Outcome runIn(ForkedJvm jvm) throws IOException, InterruptedException {
    environment.forEach(jvm::environment);
    return jvm.run(main, arguments.toArray(String[]::new));
  }
}
