package io.heagent.testkit.jvm.beside;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Agents that people run beside this one, as the build has copied them from Maven Central; with
 * everything switched off that would send something.
 */
public enum KnownAgent {
  /** With a name of its own it asks nobody for the name of this host, which may hang in tests. */
  JACOCO("output=none,sessionid=beside", false),
  BLOCKHOUND("", false, "-XX:+AllowRedefinitionToAddDeleteMethods"),
  DATADOG(
      "",
      false,
      "-Ddd.trace.agent.url=http://127.0.0.1:1",
      "-Ddd.dogstatsd.start-delay=3600",
      "-Ddd.instrumentation.telemetry.enabled=false",
      "-Ddd.remote_config.enabled=false",
      "-Ddd.jmxfetch.enabled=false",
      "-Ddd.profiling.enabled=false",
      "-Ddd.crashtracking.enabled=false",
      "-Ddatadog.slf4j.simpleLogger.defaultLogLevel=off"),
  OPENTELEMETRY(
      "",
      true,
      "-Dotel.traces.exporter=none",
      "-Dotel.metrics.exporter=none",
      "-Dotel.logs.exporter=none",
      "-Dotel.javaagent.logging=none"),
  ELASTIC(
      "",
      true,
      "-Delastic.apm.server_url=http://127.0.0.1:1",
      "-Delastic.apm.disable_send=true",
      "-Delastic.apm.central_config=false",
      "-Delastic.apm.cloud_provider=NONE",
      "-Delastic.apm.log_level=OFF");

  /** Takes so long to start that only the long form of the tests can wait for it. */
  public final boolean slow;

  public final String arguments;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives a list that cannot be changed.
  public final List<String> flags;

  KnownAgent(String arguments, boolean slow, String... flags) {
    this.arguments = arguments;
    this.slow = slow;
    this.flags = List.of(flags);
  }

  /** The flag that gives a JVM this agent. */
  String flag() {
    return "-javaagent:" + jar() + (arguments.isEmpty() ? "" : "=" + arguments);
  }

  /** Where the build of {@code agent-it} has put it, whose directory its tests run in. */
  public Path jar() {
    return Path.of("target", "agents", name().toLowerCase(Locale.ROOT) + ".jar").toAbsolutePath();
  }
}
