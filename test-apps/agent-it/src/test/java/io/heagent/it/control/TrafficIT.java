package io.heagent.it.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.testkit.jvm.ForkedJvm.Outcome;
import io.heagent.testkit.net.HostsFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A Netty server and client with 200 connections a second get the agent, have its rules changed
 * five times, lose it, and get it again, without one failed request.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class TrafficIT {
  private static final String HOST = "traffic.test";
  private static final String FIRST = "127.9.4.1";
  private static final String SECOND = "127.9.4.2";

  /** A name whose first address is silent, and that address. */
  private static final String DEAD_FIRST = "dead-first.traffic.test";

  private static final String DEAD = "127.9.4.3";

  /** So many requests are to end well between one step and the next. */
  private static final int BETWEEN = 100;

  /** What the program tells. */
  private record Told(int started, int due, int answered, String failure) {
    static Told of(String line) {
      String[] words = line.split(" ", 4);
      return new Told(
          Integer.parseInt(words[0]),
          Integer.parseInt(words[1]),
          Integer.parseInt(words[2]),
          words[3]);
    }
  }

  private static int answered(Steered program) throws Exception {
    Told told = Told.of(program.next());
    assertEquals("none", told.failure);
    return told.answered;
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
    Map<String, List<String>> names =
        Map.of(HOST, List.of(FIRST, SECOND), DEAD_FIRST, List.of(DEAD, SECOND));
    try (HostsFile hosts = HostsFile.of(names);
        Steered program =
            Steered.withLibraries(
                hosts, TrafficProgram.class, List.of(), HOST, FIRST, SECOND, DEAD)) {
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
      assertEquals(SECOND, program.next(DEAD_FIRST), "the second agent races too");
      step(program, "detach");
      traffic(program);
      Told end = Told.of(program.next(TrafficProgram.END));
      assertEquals("none", end.failure);
      assertEquals(end.started, end.answered, "each request has its answer");
      assertTrue(end.started >= end.due, end::toString);
      assertEquals("", program.errors());
    }
  }
}
