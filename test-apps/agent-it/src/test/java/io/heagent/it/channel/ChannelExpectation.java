package io.heagent.it.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Facts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What must have come of one path in one scenario. */
final class ChannelExpectation {
  private final ChannelPath path;
  private final ChannelScenario scenario;
  private final int port;
  private final Facts seen;
  private final List<Executable> checks = new ArrayList<>();

  ChannelExpectation(ChannelPath path, ChannelScenario scenario, int port, Facts seen) {
    this.path = path;
    this.scenario = scenario;
    this.port = port;
    this.seen = seen;
  }

  List<Executable> checks() {
    if (scenario == ChannelScenario.UNRESOLVED_LITERAL) {
      // The agent leaves it alone: the JDK refuses it as it always does.
      same("error", "java.nio.channels.UnresolvedAddressException");
      same("message", "null");
      same("agent", "none");
      return checks;
    }
    switch (scenario.end()) {
      case SERVED -> served();
      case HANGS -> hangs();
      case FAILS -> fails();
    }
    return checks;
  }

  private void begun() {
    if (path.kind() != ChannelPath.Kind.ASYNC) {
      same("connect", "false");
      // Kafka reads the name of a pending channel's peer.
      check(
          "pending",
          seen.get("pending").startsWith(scenario.isLiteral() ? "/" : scenario.host() + "/"));
    }
  }

  /** Select must return exactly once, with the event. */
  private void toldOnce() {
    if (path.kind() == ChannelPath.Kind.SELECTED) {
      same("returns", "1");
      same("events", "1");
      same("connectable", "true");
    } else if (path.kind() == ChannelPath.Kind.ASYNC) {
      same("calls", "1");
    }
  }

  private void served() {
    same("error", "");
    begun();
    toldOnce();
    same("finish", "true");
    same("served", scenario.served());
    same("remote", scenario.served());
    same("port", Integer.toString(port));
    same("name", scenario.host());
    same("local", seen.get("client"));
    same("echo", "pingpong");
    if (path.kind() != ChannelPath.Kind.ASYNC) {
      same("connected", "true");
    }
    if (path.kind() == ChannelPath.Kind.SELECTED) {
      same("writable", "true");
      same("idle", "true");
    }
  }

  private void hangs() {
    begun();
    if (path.kind() == ChannelPath.Kind.ASYNC) {
      same("hangs", "true");
      same("calls", "1");
    }
    if (path == ChannelPath.MADE_BLOCKING || path.kind() == ChannelPath.Kind.ASYNC) {
      same("error", "java.nio.channels.AsynchronousCloseException");
      same("agent", "none");
      return;
    }
    same("error", "");
    same("finish", "false");
    if (path.kind() == ChannelPath.Kind.SELECTED) {
      same("events", "0");
      same("connectable", "false");
      long waited = Long.parseLong(seen.get("waited"));
      check("waited", waited >= ChannelMatrixProbe.PATIENCE_MILLIS - 1);
    }
    if (path.kind() == ChannelPath.Kind.SELECTED && path != ChannelPath.SELECT_NOW) {
      same("returns", "1");
      // The thread must have waited in the select rather than looped in it, so it has used little
      // CPU time.
      check("cpu", Long.parseLong(seen.get("cpu")) < ChannelMatrixProbe.PATIENCE_MILLIS / 2);
    }
  }

  private void fails() {
    begun();
    toldOnce();
    same("agent", "none");
    if (scenario == ChannelScenario.UNKNOWN) {
      same("error", "java.net.UnknownHostException");
      check("message", seen.get("message").contains(scenario.host()));
      return;
    }
    same("error", "java.net.ConnectException");
    List<String> parts = new ArrayList<>(List.of(scenario.host(), Integer.toString(port)));
    parts.addAll(scenario.addresses());
    int at = 0;
    for (String part : parts) {
      int next = seen.get("message").indexOf(part, at);
      check("message (" + part + ", in order)", next >= 0);
      at = Math.max(at, next);
    }
    check("message", seen.get("message").matches(".* \\d+ ms.* \\d+ ms.*"));
    check("suppressed", seen.get("suppressed").matches(".*Connection refused.* \\| .*refused.*"));
  }

  private void same(String key, String value) {
    checks.add(() -> assertEquals(value, seen.get(key), () -> key + " of " + seen));
  }

  private void check(String what, boolean right) {
    checks.add(() -> assertTrue(right, () -> what + " of " + seen));
  }
}
