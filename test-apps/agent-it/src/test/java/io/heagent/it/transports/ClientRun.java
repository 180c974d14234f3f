package io.heagent.it.transports;

import io.heagent.testkit.jvm.ForkedJvm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * What a client's calls came to in one JVM.
 *
 * @param said the agent's lines
 */
record ClientRun(Map<Call, Outcome> outcomes, List<String> said) {

  /** What one call came to: the server's answer, or the exceptions. */
  record Outcome(boolean ok, long millis, String text) {}

  /**
   * Makes calls, in order.
   *
   * @param program the simple name of one of module netty-clients
   * @param timeouts in ms
   */
  static ClientRun of(
      ForkedJvm jvm, String program, ToIntFunction<Call> port, Map<Call, Integer> timeouts)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    timeouts.forEach(
        (call, timeout) -> {
          arguments.add(call.target(port.applyAsInt(call)));
          arguments.add(timeout.toString());
        });
    ForkedJvm.Outcome run =
        jvm.run("io.heagent.nettyclients." + program, arguments.toArray(String[]::new));
    Map<String, Outcome> byTarget = new HashMap<>();
    for (String line : run.stdout().lines().toList()) {
      String[] parts = line.split("\t", 4);
      if (parts.length == 4) {
        byTarget.put(
            parts[0],
            new Outcome(parts[1].equals("ok"), Long.parseLong(parts[2]), parts[3].strip()));
      }
    }
    Map<Call, Outcome> outcomes = new LinkedHashMap<>();
    for (Call call : timeouts.keySet()) {
      Outcome outcome = byTarget.get(call.target(port.applyAsInt(call)));
      if (outcome == null) {
        throw new AssertionError(program + " said " + run.stdout() + run.stderr());
      }
      outcomes.put(call, outcome);
    }
    return new ClientRun(outcomes, said(run));
  }

  /** The agent's lines of a run. */
  static List<String> said(ForkedJvm.Outcome run) {
    return run.stderr().lines().filter(line -> line.contains("[he-agent]")).toList();
  }
}
