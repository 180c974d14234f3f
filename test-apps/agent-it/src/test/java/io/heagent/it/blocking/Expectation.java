package io.heagent.it.blocking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;

/** What must have come of one way in one scenario. */
final class Expectation {
  private static final String MILLIS = " \\d+ ms";

  private final BlockingWay way;
  private final Scenario scenario;
  private final int port;
  private final Facts seen;
  private final Facts plain;
  private final List<Executable> checks = new ArrayList<>();

  /** Compares with what the plain JVM has seen, which is null where it would have hung. */
  Expectation(BlockingWay way, Scenario scenario, int port, Facts seen, Facts plain) {
    this.way = way;
    this.scenario = scenario;
    this.port = port;
    this.seen = seen;
    this.plain = plain;
  }

  List<Executable> checks() {
    switch (scenario) {
      case ALL_DEAD -> failure(AgentLab.DEAD);
      case ALL_REFUSED -> {
        failure(AgentLab.REFUSED);
        suppressed("Connection refused", "Connection refused");
      }
      case UNREACHABLE_REFUSED -> {
        failure(List.of(AgentLab.UNREACHABLE, AgentLab.REFUSED.get(0)));
        suppressed("Network is unreachable", "Connection refused");
      }
      case UNKNOWN -> sameAsPlain();
      case LITERAL -> literal();
      default -> success();
    }
    return checks;
  }

  // The agent leaves literals alone, unresolved ones too.
  private void literal() {
    if (isUnresolved()) {
      sameAsPlain();
    } else {
      success();
    }
  }

  private void success() {
    checks.add(() -> assertEquals("", seen.get("error") + seen.get("message")));
    boolean proxied = way == BlockingWay.SOCKS_PROXY;
    String address = proxied ? Service.TALK.address() : way.service().address();
    same("served", address);
    if (way.service() == Service.HTTP || way.service() == Service.HTTP_PROXY) {
      return;
    }
    String host = proxied ? "" : scenario == Scenario.LITERAL ? "" : scenario.host(way.service());
    same("remote", host + "/" + address + ":" + port);
    same("peer", host + "/" + address);
    same("port", Integer.toString(port));
    same("connected", "true");
    same("echo", "ping");
    if (!host.isEmpty()) {
      same("name", host);
    }
    if (!proxied) {
      checks.add(() -> assertEquals(seen.get("client"), seen.get("local")));
    }
    if (seen.has("blocking")) {
      same("blocking", "true");
      same("switchable", "true");
    } else {
      same("readTimeout", "true");
    }
  }

  private void failure(List<String> addresses) {
    String type =
        isUnresolved()
            ? switch (scenario) {
              case ALL_DEAD -> "java.net.SocketTimeoutException";
              case UNREACHABLE_REFUSED -> "java.net.SocketException";
              default -> "java.net.ConnectException";
            }
            : plain.get("error");
    same("error", type);
    same("agent", "none");
    String message = seen.get("message");
    contains(message, scenario.host(way.service()));
    contains(message, Integer.toString(port));
    int from = 0;
    for (String address : addresses) {
      checks.add(
          () ->
              assertTrue(
                  Pattern.compile(Pattern.quote(address) + ".*" + MILLIS).matcher(message).find(),
                  () -> address + " with its milliseconds in: " + message));
      int at = message.indexOf(address);
      int before = from;
      checks.add(() -> assertTrue(at >= before, () -> address + " in order in: " + message));
      from = at;
    }
  }

  // The suppressed exceptions are in the order of the attempts. The JDK's code for SOCKS and HTTP
  // keeps the message only.
  private void suppressed(String... messages) {
    if (way.service() == Service.TALK || way.service() == Service.TLS) {
      String pattern = ".*" + String.join(".* \\| .*", messages) + ".*";
      checks.add(
          () ->
              assertTrue(
                  seen.get("suppressed").matches(pattern), () -> "suppressed in order: " + seen));
    }
  }

  private void contains(String message, String part) {
    checks.add(() -> assertTrue(message.contains(part), () -> part + " in: " + message));
  }

  // The JDK has no unresolved connects: there is nothing to compare with, but for unknown names.
  private boolean isUnresolved() {
    return way == BlockingWay.SOCKET_UNRESOLVED || way == BlockingWay.CHANNEL_UNRESOLVED;
  }

  private void sameAsPlain() {
    same("error", plain.get("error"));
    same("message", plain.get("message"));
    same("agent", "none");
  }

  private void same(String key, String value) {
    checks.add(() -> assertEquals(value, seen.get(key), () -> key + " of " + seen));
  }
}
