package io.heagent.it.costs;

import io.heagent.it.startup.FastPathProbe;
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

/** The system calls of {@link FastPathProbe}, from a trace of a JVM of its own. */
public final class SystemCalls {
  /** Those that make sockets, connections, selectors, threads and copies; no machine has all. */
  public static final String MAKING =
      "socket,connect,?epoll_create,?epoll_create1,?eventfd2,?pipe2,?clone,?clone3,"
          + "?dup,?dup2,?dup3";

  /**
   * Those that a connect may consist of. The JVM's own, for memory and locks, come when they like
   * and are not among them.
   */
  public static final String ALL =
      MAKING
          + ",close,shutdown,bind,getsockopt,setsockopt,getsockname,getpeername,fcntl,ioctl,"
          + "?poll,?ppoll,?select,?pselect6,?epoll_ctl,?epoll_wait,?epoll_pwait,read,write,"
          + "recvfrom,sendto,recvmsg,sendmsg";

  /** An address that refuses. A connect to it marks the begin and the end of what is counted. */
  private static final String MARK = "127.9.2.7";

  /**
   * A file that a thread of the JVM reads once at any time after the start (JDK 24, for crash
   * reports).
   */
  private static final String RELEASE = "/release>";

  private static final String NOTHING_YET = " EAGAIN ";

  private static final Pattern CALL = Pattern.compile("^[0-9]+ +([a-z0-9_]+)\\(");

  private SystemCalls() {}

  /** Way and system call, and how often. The host is a talk service with a good first address. */
  public static Map<String, Integer> count(
      ForkedJvm jvm, String calls, String host, String port, int connects)
      throws IOException, InterruptedException {
    try (TempDirectory directory = TempDirectory.create("trace")) {
      Path trace = directory.path().resolve("trace");
      // Interpreted and with the simplest collector: no thread is started but the program's.
      ForkedJvm.Outcome outcome =
          jvm.under(Strace.command(trace, calls, "-y"))
              .flags("-Xint", "-XX:+UseSerialGC")
              .run(FastPathProbe.class, host, port, Integer.toString(connects), MARK);
      if (outcome.exitCode() != 0 || !outcome.stderr().isEmpty()) {
        throw new IOException("the probe did not run: " + outcome);
      }
      return counted(trace);
    }
  }

  /** All calls of this way. */
  public static int sum(Map<String, Integer> counts, FastPathProbe.Way way) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(way + " "))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  private static Map<String, Integer> counted(Path trace) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    List<FastPathProbe.Way> ways = List.of(FastPathProbe.Way.values());
    int marks = 0;
    int waits = 0;
    for (String line : Files.readAllLines(trace)) {
      Matcher call = CALL.matcher(line);
      // Of the calls that name the mark, one of each connect is counted: other kernels' strace
      // prints the address at other calls too.
      if (line.contains(MARK)) {
        marks += line.contains("connect(") ? 1 : 0;
      } else if (marks % 2 == 1 && call.find() && !line.contains(RELEASE)) {
        String name = call.group(1);
        if (name.equals("poll") && waits > 0) {
          waits--;
        } else if (!line.contains(NOTHING_YET)) {
          counts.merge(ways.get(marks / 2).name() + " " + name, 1, Integer::sum);
        }
      }
      // Whether the server's word is there when the program reads it depends on the machine: a read
      // that finds nothing, and the poll that waits for it, are not counted.
      if (line.contains(NOTHING_YET) && line.contains("read") && marks % 2 == 1) {
        waits++;
        if (line.contains("resumed")) {
          counts.merge(ways.get(marks / 2).name() + " read", -1, Integer::sum);
        }
      }
    }
    if (marks != 2 * ways.size()) {
      throw new IOException(marks + " marks in the trace");
    }
    return counts;
  }
}
