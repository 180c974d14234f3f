package io.heagent.it.fault;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.fault.Faults.Fault;
import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Has each fault point fail in each kind of connect that reaches it, and connects to names of each
 * sort meanwhile. Each time the program is to see what the JDK alone would have given, or what a
 * race gives, and nothing of the agent; and the next connect of that kind races again.
 *
 * <p>Arguments: the port, the file of points, how many names there are of each sort, which points
 * (a regular expression), and {@code all} for every fault, once and for as long as it lasts, {@code
 * some} for one of them in turn, {@code stderr} for a System.err that throws instead, or {@code
 * first} for one point and one kind in the first race of the JVM; last, which kinds of connect (a
 * regular expression).
 */
public final class FaultMatrixProbe {
  private static final int PATIENCE_MILLIS = 5_000;

  private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * The steps by which the agent tells a waiting program a channel's outcome. The agent could never
   * tell it while such a step fails for ever. The probe therefore lets each of them fail a few
   * times only, and expects that the agent tells the outcome afterwards. A channel of Netty's is
   * told by two system calls, the agent's and Netty's. Either of the two may fail for ever, because
   * the other one suffices; the steps that make one call after the other has failed may not.
   */
  private static final String TELLING =
      "(OutcomeDelivery\\.(lookAgain|lookAgainOnce)|ChannelRaceRegistry\\.(release|wakeUnlessSeen)"
          + "|EventLoop\\.soon|Selectors\\$OfJvm\\.queueUpdate|JdkSocket\\.(keys|pollAsync)"
          + "|ForeignAdapter\\.pollAsync)( > .*)?|OutcomeRequest\\.ask|Registration\\.register";

  /** Longer than what is done again at once. */
  private static final int WHILE_TIMES = 8;

  /** For what hangs without the agent. */
  private static final int SHORT_MILLIS = 120;

  /** The same in the first race of a JVM, which has classes to load. */
  private static final int FIRST_MILLIS = 1_000;

  /** The sorts of names, with what may come of a connect while something fails. */
  public enum Sort {
    GOOD_FIRST(FaultKind.CONNECTED),
    REFUSED_FIRST(FaultKind.CONNECTED, ConnectException.class.getName()),
    DEAD_FIRST(FaultKind.CONNECTED, FaultKind.PENDING),
    ALL_REFUSED(ConnectException.class.getName()),
    UNRESOLVED(
        FaultKind.CONNECTED,
        FaultKind.PENDING,
        UnknownHostException.class.getName(),
        UnresolvedAddressException.class.getName());

    /**
     * Where the race of a channel that does not block has begun, the JDK's own exception for an
     * unresolved address comes too late: then it is that of a connect whose every address has
     * failed.
     */
    private static final List<String> TOO_LATE =
        List.of(ConnectException.class.getName(), SocketException.class.getName());

    private final String allowed;

    Sort(String... allowed) {
      this.allowed = String.join(" ", allowed);
    }

    boolean allows(FaultKind kind, String outcome) {
      return List.of(allowed.split(" ", -1)).contains(outcome)
          || (this == UNRESOLVED && !kind.isBlocking() && TOO_LATE.contains(outcome));
    }

    public List<String> addresses() {
      return ChannelScenario.valueOf(name()).addresses();
    }

    public String host(int number) {
      return name().toLowerCase(Locale.ROOT).replace('_', '-') + number + ".faults.test";
    }

    int patience() {
      return this == DEAD_FIRST || this == UNRESOLVED ? SHORT_MILLIS : PATIENCE_MILLIS;
    }
  }

  private final Faults faults = new Faults().install();
  private final Map<Sort, Integer> used = new EnumMap<>(Sort.class);
  private final int port;
  private final int names;
  private final Map<String, Boolean> points = new LinkedHashMap<>();
  private final boolean all;
  private final boolean stderr;
  private final List<FaultKind> kinds = new ArrayList<>();

  /** By point: what each kind saw, or what was wrong. */
  private final Map<String, Map<FaultKind, Set<String>>> seen = new TreeMap<>();

  private int wrong;
  private int cells;

  /** Counted by the main thread for the one that watches, which is told the place too. */
  private final AtomicLong connects = new AtomicLong();

  private volatile String place = "";

  private FaultMatrixProbe(String... args) throws Exception {
    port = Integer.parseInt(args[0]);
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      String point = line.endsWith(" io") ? line.substring(0, line.length() - 3) : line;
      if (point.matches(args[3])) {
        points.put(point, line.endsWith(" io"));
      }
    }
    names = Integer.parseInt(args[2]);
    all = args[4].equals("all");
    stderr = args[4].equals("stderr");
    for (FaultKind kind : FaultKind.values()) {
      if (kind.isPossible() && kind.name().matches(args[5])) {
        kinds.add(kind);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    FaultMatrixProbe probe = new FaultMatrixProbe(args);
    if (args[4].equals("first")) {
      probe.failFirst();
    } else {
      probe.run();
    }
  }

  /**
   * Something that a JVM's first race makes for all of them cannot be made in that race, as often
   * as it is tried. The next race has it, and so has that of a socket which is bound to any port:
   * such a race needs options by their numbers.
   */
  private void failFirst() throws Exception {
    FaultKind kind = kinds.get(0);
    faults.arm(points.keySet().iterator().next(), Fault.NO_MEMORY, Integer.MAX_VALUE);
    Facts facts = new Facts("first race");
    facts.put("first", connect(kind, Sort.DEAD_FIRST, FIRST_MILLIS));
    facts.put("hit", faults.disarm());
    facts.put("next", connect(kind, Sort.DEAD_FIRST, PATIENCE_MILLIS));
    facts.put("bound", bound());
    facts.print();
  }

  private String bound() {
    try (Socket socket = new Socket()) {
      socket.bind(null);
      socket.connect(new InetSocketAddress(Sort.DEAD_FIRST.host(0), port), PATIENCE_MILLIS);
      return FaultKind.CONNECTED;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void run() throws Exception {
    watch();
    if (stderr) {
      failToPrint();
    }
    failCold();
    Map<FaultKind, Map<String, Set<Sort>>> reached = reached();
    for (FaultKind kind : reached.keySet()) {
      for (Map.Entry<String, Set<Sort>> entry : reached.get(kind).entrySet()) {
        for (Fault fault : faults(kind, entry.getKey())) {
          for (Sort sort : sorts(kind, entry.getKey(), entry.getValue())) {
            fail(kind, entry.getKey(), sort, fault, 1);
            if (all) {
              boolean telling = entry.getKey().matches(TELLING);
              fail(kind, entry.getKey(), sort, fault, telling ? WHILE_TIMES : Integer.MAX_VALUE);
            }
          }
        }
      }
    }
    seen.forEach(
        (point, kinds) -> {
          Facts facts = new Facts(point);
          kinds.forEach((kind, outcomes) -> facts.put(kind.name(), String.join(" ", outcomes)));
          facts.print();
        });
    new Facts("end").put("cells", cells).put("wrong", wrong).print();
  }

  /**
   * What the loop needs to begin, as long as it has not: it fails as often as it is tried, and the
   * first connect after that has its race.
   */
  private void failCold() throws Exception {
    for (String point : points.keySet()) {
      if (!point.startsWith("EventLoop.ensureRunning > ")
          && !point.endsWith(" > HeJdk.openSelector")) {
        continue;
      }
      List<FaultKind> cold = new ArrayList<>(List.of(FaultKind.SELECTOR, FaultKind.ASYNC));
      cold.retainAll(kinds);
      for (FaultKind kind : cold) {
        for (Fault fault : Fault.values()) {
          if (fault != Fault.IO || points.get(point)) {
            // What hangs without the agent, once only.
            Set<Sort> sorts = EnumSet.of(Sort.REFUSED_FIRST, Sort.ALL_REFUSED, Sort.GOOD_FIRST);
            if (fault == Fault.NO_MEMORY) {
              sorts = EnumSet.allOf(Sort.class);
            }
            for (Sort sort : sorts) {
              faults.arm(point, fault, Integer.MAX_VALUE);
              String outcome = connect(kind, sort, sort.patience());
              if (faults.disarm()) {
                cells++;
                note(point, kind, sort, outcome);
              }
              if (!sort.allows(kind, outcome)) {
                wrong("cold " + point + ' ' + fault + ' ' + kind + ' ' + sort + ": " + outcome);
              }
            }
          }
        }
      }
    }
  }

  private void failToPrint() throws Exception {
    if (kinds.contains(FaultKind.NETTY)) {
      // Netty itself needs that stream when its classes are made.
      connect(FaultKind.NETTY, Sort.GOOD_FIRST, PATIENCE_MILLIS);
    }
    System.setErr(
        new PrintStream(OutputStream.nullOutputStream()) {
          @Override
          public void println(String line) {
            throw new StackOverflowError("in the program's stream");
          }
        });
    for (FaultKind kind : kinds) {
      for (Sort sort : Sort.values()) {
        cells++;
        String outcome = connect(kind, sort, PATIENCE_MILLIS);
        note("System.err.println", kind, sort, outcome);
        String served =
            sort == Sort.ALL_REFUSED ? ConnectException.class.getName() : FaultKind.CONNECTED;
        if (!outcome.equals(served)) {
          wrong("System.err " + kind + ' ' + sort + ": " + outcome);
        }
      }
    }
  }

  /** At once: who reads it may have to end this JVM. */
  private void wrong(String what) {
    new Facts("wrong " + ++wrong).put("what", what).print();
  }

  private void note(String point, FaultKind kind, Sort sort, String outcome) {
    String how = outcome.equals(FaultKind.CONNECTED) ? "raced" : "stock";
    seen.computeIfAbsent(point, absent -> new TreeMap<>())
        .computeIfAbsent(kind, absent -> new TreeSet<>())
        .add(sort.allows(kind, outcome) ? how : "wrong");
  }

  /** Which points each kind comes by, with which sort of names. */
  private Map<FaultKind, Map<String, Set<Sort>>> reached() throws Exception {
    Map<FaultKind, Map<String, Set<Sort>>> reached = new EnumMap<>(FaultKind.class);
    for (FaultKind kind : kinds) {
      Map<String, Set<Sort>> ofKind = new TreeMap<>();
      for (Sort sort : Sort.values()) {
        // What only the first race of a JVM does is not what the others do.
        connect(kind, sort, PATIENCE_MILLIS);
        settle();
        faults.reached();
        connect(kind, sort, PATIENCE_MILLIS);
        settle();
        for (String point : faults.reached()) {
          if (points.containsKey(point)) {
            ofKind.computeIfAbsent(point, absent -> new TreeSet<>()).add(sort);
          }
        }
      }
      reached.put(kind, ofKind);
    }
    return reached;
  }

  /** The loop does some things after the program has been told. */
  private static void settle() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
  }

  private List<Fault> faults(FaultKind kind, String point) {
    List<Fault> possible = new ArrayList<>(List.of(Fault.values()));
    if (!points.get(point)) {
      possible.remove(Fault.IO);
    }
    int turn = Math.floorMod((point + kind).hashCode(), possible.size());
    return all ? possible : List.of(possible.get(turn));
  }

  private List<Sort> sorts(FaultKind kind, String point, Set<Sort> reached) {
    List<Sort> sorts = List.copyOf(reached);
    int turn = Math.floorMod((kind + point).hashCode(), sorts.size());
    return all ? sorts : List.of(sorts.get(turn));
  }

  private void fail(FaultKind kind, String point, Sort sort, Fault fault, int times)
      throws Exception {
    place = point + ' ' + fault + (times == 1 ? " " : " always ") + kind + ' ' + sort;
    faults.arm(point, fault, times);
    String outcome = connect(kind, sort, sort.patience());
    settle();
    if (!faults.disarm()) {
      return;
    }
    cells++;
    String next = connect(kind, Sort.DEAD_FIRST, PATIENCE_MILLIS);
    if (!sort.allows(kind, outcome) && !isTheNetworks(point, fault, outcome)) {
      wrong(place + ": " + outcome);
    } else if (!next.equals(FaultKind.CONNECTED)) {
      wrong(place + ": " + outcome + ", the next one: " + next);
    }
    note(point, kind, sort, outcome);
  }

  /** An IOException of the calls that ask the network is the address's own. */
  private static boolean isTheNetworks(String point, Fault fault, String outcome) {
    return fault == Fault.IO
        && point.matches("PrimaryAttempt\\..* > SystemCalls\\.(connect|pollConnectNow)")
        && outcome.equals(ConnectException.class.getName());
  }

  /** Ends this JVM if a connect neither ends nor is given up. */
  private void watch() {
    Thread main = Thread.currentThread();
    Thread watch =
        new Thread(
            () -> {
              for (long before = -1; before != connects.get(); ) {
                before = connects.get();
                LockSupport.parkNanos(HANGS_NANOS);
              }
              StringBuilder text = new StringBuilder(place).append(" hangs");
              for (StackTraceElement frame : main.getStackTrace()) {
                text.append(" at ").append(frame);
              }
              wrong(text.toString());
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private String connect(FaultKind kind, Sort sort, int millis) throws Exception {
    connects.incrementAndGet();
    String host = sort.host(used.merge(sort, 1, Integer::sum) % names);
    InetSocketAddress to =
        sort == Sort.UNRESOLVED
            ? InetSocketAddress.createUnresolved(host, port)
            : new InetSocketAddress(host, port);
    try {
      return kind.connect(to, millis);
    } catch (Exception | Error e) {
      return Faults.isTelling(e) ? "telling " + trace(e) : e.getClass().getName();
    }
  }

  private static String trace(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    for (StackTraceElement frame : e.getStackTrace()) {
      text.append(" at ").append(frame);
    }
    for (Throwable suppressed : e.getSuppressed()) {
      text.append(" suppressed ").append(trace(suppressed));
    }
    return text.toString();
  }

  /** The names that a lab needs. */
  public static Map<String, List<String>> hosts(int names) {
    Map<String, List<String>> hosts = new HashMap<>();
    for (Sort sort : Sort.values()) {
      for (int i = 0; i < names; i++) {
        hosts.put(sort.host(i), sort.addresses());
      }
    }
    return hosts;
  }
}
