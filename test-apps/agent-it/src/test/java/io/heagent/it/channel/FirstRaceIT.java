package io.heagent.it.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.channel.FirstConnect.Way;
import io.heagent.it.costs.CostLimits;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Side;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the first race of a JVM has to load of the agent, and when. */
@Tag("jvm")
class FirstRaceIT {
  private static final Pattern LOADED =
      Pattern.compile("\\[([0-9.]+)s\\] (\\S+) (?:\\(.*\\) )?source: .*");

  /** In seconds of a delay of 4 s: a class that is loaded later came after the delay. */
  private static final double MOST_OF_THE_DELAY = 3.75;

  /**
   * Classes that the JVM makes at run time. In a JVM that has just started, each costs a
   * millisecond or more.
   */
  private static final Pattern MADE =
      Pattern.compile(
          "(io\\.heagent\\..*Lambda.*)|java\\.lang\\.(runtime\\.ObjectMethods.*"
              + "|invoke\\.LambdaForm\\$.+/.*|invoke\\.BoundMethodHandle\\$Species_.*)"
              + "|jdk\\.internal\\.reflect\\.Generated.*");

  /**
   * What a connect loads that looks for the program's MBeanServer. One a second does, from a second
   * after the agent's first connect on, so on a machine that is busy enough the first race does. It
   * is no part of a race, and how soon the race begins is the program's affair.
   */
  private static final Set<String> OF_LOOK =
      Set.of(
          "io.heagent.agent.connect.Oversight",
          "io.heagent.agent.observe.Controls",
          "io.heagent.agent.observe.Statistics",
          "io.heagent.agent.observe.Statistics$Present",
          "io.heagent.agent.observe.jmx.BeanRegistration",
          "javax.management.JMException",
          "javax.management.MBeanServerFactory");

  @RegisterExtension static final OpenChannelLab lab = new OpenChannelLab();

  /** What each way loads when the first address refuses at once. */
  private static Map<Way, List<Loaded>> refused;

  @BeforeAll
  static void refuse() throws Exception {
    refused = firstConnects(ChannelScenario.REFUSED_FIRST);
  }

  /** What the race needs is loaded while it waits for the first address. */
  @Test
  void nothingIsLoadedAnyMoreWhenTheDelayIsOver() throws Exception {
    for (List<Loaded> ofWay : firstConnects(ChannelScenario.DEAD_FIRST).values()) {
      double begun = ofWay.get(0).at;
      List<String> late = new ArrayList<>();
      for (Loaded loaded : ofWay) {
        if (loaded.isOurs() && loaded.at - begun > MOST_OF_THE_DELAY) {
          late.add(loaded.name);
        }
      }
      assertEquals(List.of(), late);
    }
  }

  /**
   * A refusal leaves no such time, so few classes are loaded, the JDK's included, and none is made
   * at run time.
   */
  @Test
  void littleIsLoadedAfterAnInstantRefusal() {
    List<String> wrong = new ArrayList<>();
    for (Way way : Way.values()) {
      List<String> names = new ArrayList<>();
      for (Loaded loaded : refused.get(way)) {
        names.add(loaded.name);
        if (MADE.matcher(loaded.name).matches()) {
          wrong.add(way + " has made " + loaded.name);
        }
      }
      long most = CostLimits.valueOf("CLASSES_FIRST_RACE_" + way).most();
      if (names.size() < most / 2 || names.size() > most) {
        wrong.add(way + " has loaded " + names.size() + " of at most " + most + ": " + names);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** A second thread shares in loading what comes after the refusal, and is started before that. */
  @Test
  void twoThreadsLoadWhatComesAfterAnInstantRefusal() {
    refused.forEach(
        (way, loaded) -> {
          List<String> names = loaded.stream().map(Loaded::name).toList();
          int second = names.indexOf("io.heagent.agent.connect.FailurePreloader");
          int core = names.indexOf("io.heagent.engine.core.RaceCore");
          assertTrue(0 < second && second < core, () -> way + ": " + names);
        });
  }

  /** The jars within the agent's jar hold what few races need: to open one takes milliseconds. */
  @Test
  void noJarWithinTheJarIsOpened() throws Exception {
    Set<String> nested = nested();
    assertTrue(nested.contains("io.heagent.agent.connect.attempt.Redial"), nested::toString);
    refused.forEach(
        (way, loaded) -> {
          List<String> names = new ArrayList<>(loaded.stream().map(Loaded::name).toList());
          names.retainAll(nested);
          assertEquals(List.of(), names, way::name);
        });
  }

  /** The binary names of the classes in all jars within the agent's jar. */
  private static Set<String> nested() throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipFile jar = new ZipFile(AgentLab.JAR.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".jar")) {
          ZipInputStream in = new ZipInputStream(jar.getInputStream(entry));
          for (ZipEntry inside; (inside = in.getNextEntry()) != null; ) {
            names.add(inside.getName().replace(".class", "").replace('/', '.'));
          }
        }
      }
    }
    return names;
  }

  private record Loaded(double at, String name) {
    boolean isOurs() {
      return name.startsWith("io.heagent.agent.") || name.startsWith("io.heagent.engine.");
    }
  }

  /** For each way what is loaded while it connects for the first time, with what marks it first. */
  private static Map<Way, List<Loaded>> firstConnects(ChannelScenario scenario) throws Exception {
    List<Callable<Map.Entry<Way, List<Loaded>>>> runs = new ArrayList<>();
    for (Way way : Way.values()) {
      runs.add(() -> Map.entry(way, firstConnect(way, scenario)));
    }
    Map<Way, List<Loaded>> ofWays = new EnumMap<>(Way.class);
    for (Map.Entry<Way, List<Loaded>> ofWay : Side.bySide(runs)) {
      ofWays.put(ofWay.getKey(), ofWay.getValue());
    }
    return ofWays;
  }

  private static List<Loaded> firstConnect(Way way, ChannelScenario scenario) throws Exception {
    try (TempDirectory directory = TempDirectory.create("classes")) {
      Path log = directory.path().resolve("log");
      ForkedJvm.Outcome outcome =
          lab.agent("delay=4s")
              .flags("-Xlog:class+load:file=" + log + ":uptime")
              .run(
                  FirstConnect.class,
                  way.name(),
                  scenario.host(),
                  Integer.toString(lab.port()),
                  Hosts.GOOD);
      assertEquals(0, outcome.exitCode(), outcome::stderr);
      return between(log);
    }
  }

  private static List<Loaded> between(Path log) throws IOException {
    List<Loaded> loaded = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LOADED.matcher(line);
      boolean matches = matcher.matches();
      if (matches && matcher.group(2).equals(FirstConnect.ENDED)) {
        return withoutLook(loaded);
      } else if (matches && (!loaded.isEmpty() || matcher.group(2).equals(FirstConnect.BEGUN))) {
        loaded.add(new Loaded(Double.parseDouble(matcher.group(1)), matcher.group(2)));
      }
    }
    throw new IOException("not connected: " + loaded);
  }

  /** Nothing is left out of a race during which there was no look. */
  private static List<Loaded> withoutLook(List<Loaded> loaded) {
    boolean looked = loaded.stream().map(Loaded::name).toList().containsAll(OF_LOOK);
    return looked ? loaded.stream().filter(of -> !OF_LOOK.contains(of.name)).toList() : loaded;
  }
}
