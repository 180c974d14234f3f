package io.heagent.it.transports;

import io.heagent.it.lab.Scenario;
import io.heagent.it.netty.NettyJars;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Real clients on epoll, as module netty-clients has a program for each. */
enum NettyClient {
  REACTOR_NETTY("ReactorClient", "EpollSocketChannel ", true, ""),
  REACTOR_NETTY_TLS("ReactorClient", "EpollSocketChannel ", true, "-Dscheme=https"),
  GRPC_NETTY_SHADED("GrpcClient", "epoll ", true, "-Dserver=" + NettyClient.GOOD),
  LETTUCE("LettuceClient", "EpollSocketChannel PONG ", false, ""),
  VERTX("VertxClient", "epoll ", false, "-Dvertx.disableDnsResolver=true"),
  VERTX_OWN_RESOLVER("VertxClient", "epoll ", false, "");

  static final String GOOD = "127.9.3.1";

  /** All names are in it, as one certificate is for all of them. */
  static final String DOMAIN = "netty.test";

  private static final Path MODULE = Path.of("..", "netty-clients", "target").toAbsolutePath();

  private final String program;
  private final String transport;
  private final boolean walks;
  private final String flag;

  NettyClient(String program, String transport, boolean walks, String flag) {
    this.program = program;
    this.transport = transport;
    this.walks = walks;
    this.flag = flag;
  }

  /** What one call came to. */
  record Outcome(boolean ok, long millis, String text) {}

  static String host(Scenario scenario) {
    return scenario.name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + DOMAIN;
  }

  /** Whether it tries the next address by itself once one has failed. */
  boolean walks() {
    return walks;
  }

  /** What a call gives that went over epoll to the good address. */
  String answer() {
    return transport + "served by " + GOOD;
  }

  /** Its program's JVM, without hosts and agent. */
  ForkedJvm jvm() {
    String classPath =
        MODULE.resolve("test-classes")
            + File.pathSeparator
            + MODULE.resolve("lib")
            + File.separator
            + "*";
    ForkedJvm jvm = ForkedJvm.onThisJdk().classPath(classPath).flags(NettyJars.quiet());
    return flag.isEmpty() ? jvm : jvm.flags(flag);
  }

  /** What became of the calls, in order; timeouts are in ms. */
  Map<Scenario, Outcome> call(ForkedJvm jvm, int port, Map<Scenario, Integer> timeouts)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(port)));
    timeouts.forEach(
        (scenario, timeout) -> arguments.addAll(List.of(host(scenario), timeout.toString())));
    ForkedJvm.Outcome run =
        jvm.run("io.heagent.nettyclients." + program, arguments.toArray(String[]::new));
    Map<String, Outcome> byHost = new LinkedHashMap<>();
    for (String line : run.stdout().lines().toList()) {
      String[] parts = line.split("\t", 4);
      if (parts.length == 4) {
        byHost.put(
            parts[0], new Outcome(parts[1].equals("ok"), Long.parseLong(parts[2]), parts[3]));
      }
    }
    Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();
    for (Scenario scenario : timeouts.keySet()) {
      Outcome outcome = byHost.get(host(scenario));
      if (outcome == null || run.stderr().contains("[he-agent]")) {
        throw new AssertionError(this + " said " + run.stdout() + run.stderr());
      }
      outcomes.put(scenario, outcome);
    }
    return outcomes;
  }
}
