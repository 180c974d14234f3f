package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A name with several addresses of which the first is good: no extra socket, connect, thread,
 * selector or duplicate, by the trace of the system calls.
 */
@Tag("jvm")
@Tag("every-jdk")
class FastPathIT extends StartCase {
  private static final int CONNECTS = 50;

  /** An address that refuses. A connect to it marks the begin and the end of what is counted. */
  private static final String MARK = "127.9.2.7";

  /** Those that make sockets, connections, selectors, threads and copies; no machine has all. */
  private static final String CALLS =
      "socket,connect,?epoll_create,?epoll_create1,?eventfd2,?pipe2,?clone,?clone3,"
          + "?dup,?dup2,?dup3";

  private static final Pattern CALL = Pattern.compile("^[0-9]+ +([a-z0-9_]+)\\(");

  @Test
  void nothingExtra() throws Exception {
    assumeTrue(Strace.canTrace(), "strace is missing, or may not trace here");
    Map<String, Integer> plain = count(lab.plain());
    // A long delay, so that a packet that a busy machine loses and sends again does not make the
    // host look dead.
    Map<String, Integer> agent = count(lab.agent("delay=2s"));
    for (FastPathProbe.Way way : FastPathProbe.Way.values()) {
      assertEquals(CONNECTS, plain.get(way + " connect"), plain::toString);
    }
    assertEquals(plain.toString(), agent.toString());
  }

  /** Way and system call, and how often. */
  private static Map<String, Integer> count(ForkedJvm jvm) throws Exception {
    try (TempDirectory directory = TempDirectory.create("trace")) {
      Path trace = directory.path().resolve("trace");
      // Interpreted and with the simplest collector: no thread is started but the program's.
      ForkedJvm.Outcome outcome =
          jvm.under(Strace.command(trace, CALLS))
              .flags("-Xint", "-XX:+UseSerialGC")
              .run(
                  FastPathProbe.class,
                  Scenario.GOOD_FIRST.host(Service.TALK),
                  port(),
                  Integer.toString(CONNECTS),
                  MARK);
      assertQuiet("socket\nsocket_timed\nchannel\nadaptor\n", outcome);
      return counted(trace);
    }
  }

  private static Map<String, Integer> counted(Path trace) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    List<FastPathProbe.Way> ways = List.of(FastPathProbe.Way.values());
    int marks = 0;
    for (String line : Files.readAllLines(trace)) {
      Matcher call = CALL.matcher(line);
      if (line.contains(MARK)) {
        marks++;
      } else if (marks % 2 == 1 && call.find()) {
        String way = ways.get(marks / 2).name();
        counts.merge(way + " " + call.group(1), 1, Integer::sum);
      }
    }
    assertEquals(2 * ways.size(), marks);
    return counts;
  }
}
