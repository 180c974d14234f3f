package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.net.HostsFile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Netty server and client with 200 connections a second get the agent, have its rules changed
 * five times, lose it, and get it again, without one failed request.
 */
@Tag("jvm")
@Tag("beside-others")
class TrafficIT {
  private static final String HOST = "traffic.test";
  private static final String FIRST = "127.9.4.1";
  private static final String SECOND = "127.9.4.2";

  /** So many requests are to end well between one step and the next. */
  private static final int BETWEEN = 100;

  private static int answered(Steered program) throws Exception {
    String[] told = program.next().split(" ", 2);
    assertEquals("none", told[1]);
    return Integer.parseInt(told[0]);
  }

  private static void traffic(Steered program) throws Exception {
    int enough = answered(program) + BETWEEN;
    while (answered(program) < enough) {
      Thread.sleep(20);
    }
  }

  private static String step(Steered program, String command, String... arguments)
      throws Exception {
    traffic(program);
    Outcome outcome = program.command(command, arguments);
    assertEquals("", outcome.stderr());
    assertEquals(0, outcome.exitCode());
    return outcome.stdout();
  }

  @Test
  void notOneRequestFails() throws Exception {
    try (HostsFile hosts = HostsFile.of(HOST, FIRST, SECOND);
        Steered program = Steered.of(hosts, TrafficProgram.class, List.of(), HOST, FIRST, SECOND)) {
      step(program, "attach");
      step(program, "set", "delay=100ms");
      step(program, "set", "mode=off");
      step(program, "set", "mode=race", "history=off");
      step(program, "set", "host=" + HOST + ",delay=10ms,order=rfc6724");
      step(program, "set", "host=*", "history=on", "messages=jdk");
      String status = step(program, "status");
      assertFalse(status.contains("won by the first address 0,"), status);
      assertEquals(
          "detached: nothing is raced, and the JDK's classes are what they were\n",
          step(program, "detach"));
      step(program, "attach", "delay=100ms");
      step(program, "detach");
      traffic(program);
      assertEquals("", program.errors());
    }
  }
}
