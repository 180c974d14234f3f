package io.heagent.agent.config;

import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.log.Log;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The settings by the places that they come from, laid on top of each other. From the lowest to the
 * highest: the defaults, the file, the agent's arguments, the environment, system properties, and
 * what {@link #with} has changed while the program runs.
 *
 * <p>This precedence decides between global values; a {@code host=} block is more specific than any
 * of them. The {@code host=} blocks come from the highest place that has any; {@code except=} and
 * {@code enabled=false} apply in whatever place they are. A change says otherwise if it names them:
 * an empty {@code except=} in it lifts all exceptions, {@code host=*} stands for no blocks.
 *
 * <p>Immutable; any thread. No lambdas or streams: a start reads settings before the program's
 * main.
 */
public final class Layers {

  /** What was given when the agent started: highest first, without the file. */
  private final List<Source> places;

  /** The path that {@code config=} names; null if there is none. */
  private final String path;

  /** What stands in that file; null if there is none. */
  private final Source file;

  /** What was changed while the program ran; null for nothing. */
  private final Change change;

  private final Settings settings;
  private final List<String> warnings;

  private Layers(List<Source> places, String path, Source file, Change change) {
    this.places = places;
    this.path = path;
    this.file = file;
    this.change = change;
    Map<Setting, String> global = new EnumMap<>(Setting.class);
    this.settings = merge(global);
    this.warnings = SettingsReader.warnings(highestFirst(), global, settings);
  }

  /** The layers of a program in which nothing was set. */
  public static Layers none() {
    return new Layers(List.of(), null, null, null);
  }

  /**
   * The layers at the start.
   *
   * @param places highest first
   * @param file the file that they name; null if they name none
   */
  static Layers of(List<Source> places, SettingsFile file) {
    return new Layers(
        List.copyOf(places),
        file == null ? null : file.path(),
        file == null ? null : source(file),
        null);
  }

  private static Source source(SettingsFile file) {
    Source source = new Source(file.path(), Source.Kind.FILE);
    for (String line : file.lines()) {
      source.add(line);
    }
    if (file.wrong() != null) {
      source.noFile(file.wrong());
    }
    return source;
  }

  /** What applies. */
  public Settings settings() {
    return settings;
  }

  /** What was wrong with the settings, one line each. */
  public List<String> warnings() {
    return warnings;
  }

  /** The path that {@code config=} names; null if there is none. */
  public String path() {
    return path;
  }

  /**
   * The layers after the file has changed.
   *
   * @throws IllegalArgumentException if anything in it is not allowed, or cannot change while the
   *     program runs; the message is one line for people
   */
  public Layers withFile(SettingsFile changed) {
    Source source = source(changed);
    refuseMistakes(source);
    Layers next = new Layers(places, path, source, change);
    for (Setting setting : Setting.values()) {
      String now = global(setting);
      if (!setting.isChangeable() && !next.global(setting).equals(now)) {
        throw new IllegalArgumentException(
            setting.text()
                + "="
                + next.global(setting)
                + " ("
                + source.name
                + ") "
                + unchangeable());
      }
    }
    return next;
  }

  /**
   * The layers after a change by hand. What it does not name stays as it is.
   *
   * @param items settings, each as {@code name=value}, or several with commas between them
   * @throws IllegalArgumentException if any of them is not allowed, or cannot change while the
   *     program runs; the message is one line for people
   */
  public Layers with(List<String> items) {
    Change next = Change.of(items);
    refuseMistakes(next.source);
    for (Setting setting : Setting.values()) {
      String value = next.source.global.get(setting);
      if (value != null && !setting.isChangeable()) {
        throw new IllegalArgumentException(setting.text() + "=" + value + " " + unchangeable());
      }
    }
    return new Layers(places, path, file, change == null ? next : change.then(next));
  }

  private static String unchangeable() {
    StringBuilder names = new StringBuilder();
    for (Setting setting : Setting.values()) {
      if (setting.isChangeable()) {
        names.append(names.length() == 0 ? "" : ", ").append(setting.text());
      }
    }
    return "cannot change while the program runs, only " + names + " can";
  }

  private static void refuseMistakes(Source source) {
    if (!source.mistakes.isEmpty()) {
      throw new IllegalArgumentException(source.mistakes.get(0).withoutConsequence());
    }
  }

  private String global(Setting setting) {
    for (Source source : highestFirst()) {
      String value = source.global.get(setting);
      if (value != null) {
        return value;
      }
    }
    return setting.defaultValue();
  }

  /** All places that have any settings. */
  private List<Source> highestFirst() {
    List<Source> all = new ArrayList<>();
    if (change != null) {
      all.add(change.source);
    }
    all.addAll(places);
    if (file != null) {
      all.add(file);
    }
    return all;
  }

  private Settings merge(Map<Setting, String> global) {
    List<Source> sources = highestFirst();
    List<HostPattern> exceptions = new ArrayList<>();
    for (Source source : sources) {
      for (Map.Entry<Setting, String> entry : source.global.entrySet()) {
        global.putIfAbsent(entry.getKey(), entry.getValue());
      }
      if ("false".equals(source.global.get(Setting.ENABLED))) {
        global.put(Setting.ENABLED, "false");
      }
      if (change == null || !change.liftsExceptions || change.source == source) {
        exceptions.addAll(source.exceptions);
      }
    }
    return new Settings(
        Values.rule(global),
        List.copyOf(blocks(sources, global)),
        List.copyOf(exceptions),
        Values.constant(Log.Level.class, Values.get(global, Setting.LOG)),
        Values.get(global, Setting.LOG_FILE),
        Values.constant(Settings.Adoption.class, Values.get(global, Setting.ADOPTION)),
        Values.get(global, Setting.RESOLVE).equals("fast"),
        Values.get(global, Setting.NAT64).equals("auto"),
        Values.get(global, Setting.MESSAGES).equals("full"),
        Values.constant(Settings.Native.class, Values.get(global, Setting.NATIVE)),
        Values.get(global, Setting.ENABLED).equals("true"));
  }

  private List<Settings.HostBlock> blocks(List<Source> sources, Map<Setting, String> global) {
    List<Settings.HostBlock> blocks = new ArrayList<>();
    for (Source source : sources) {
      boolean decides = change != null && change.namesHosts;
      if (decides ? source == change.source : !source.blocks.isEmpty()) {
        for (Source.Block block : source.blocks) {
          Map<Setting, String> values = new EnumMap<>(global);
          values.putAll(block.values());
          for (HostPattern pattern : block.patterns()) {
            blocks.add(new Settings.HostBlock(pattern, Values.rule(values)));
          }
        }
        break;
      }
    }
    return blocks;
  }

  /** All that was changed by hand while the program ran. */
  private static final class Change {

    final Source source = new Source("set", Source.Kind.ARGUMENTS);

    /** Whether the exceptions of all other places are lifted. */
    final boolean liftsExceptions;

    /** Whether the blocks of all other places are gone. */
    final boolean namesHosts;

    private Change(boolean liftsExceptions, boolean namesHosts) {
      this.liftsExceptions = liftsExceptions;
      this.namesHosts = namesHosts;
    }

    static Change of(List<String> items) {
      boolean lifts = false;
      List<String> given = new ArrayList<>();
      for (String several : items) {
        for (String item : several.split(",", -1)) {
          if (Words.lower(Words.bare(item)).matches("except\\s*=")) {
            lifts = true;
          } else {
            given.add(item);
          }
        }
      }
      Source read = new Source("set", Source.Kind.ARGUMENTS);
      for (String item : given) {
        read.add(item);
      }
      Change change = new Change(lifts, !read.blocks.isEmpty());
      change.add(read);
      return change;
    }

    /** This change, and then another one. */
    Change then(Change next) {
      Change both =
          new Change(liftsExceptions || next.liftsExceptions, namesHosts || next.namesHosts);
      both.source.global.putAll(source.global);
      if (!next.liftsExceptions) {
        both.source.exceptions.addAll(source.exceptions);
      }
      if (!next.namesHosts) {
        both.source.blocks.addAll(source.blocks);
      }
      both.add(next.source);
      return both;
    }

    private void add(Source more) {
      source.global.putAll(more.global);
      source.exceptions.addAll(more.exceptions);
      source.mistakes.addAll(more.mistakes);
      if (more.blocks.size() != 1 || !isEveryHost(more.blocks.get(0))) {
        source.blocks.addAll(more.blocks);
      }
    }

    private static boolean isEveryHost(Source.Block block) {
      return block.values().isEmpty()
          && block.patterns().size() == 1
          && block.patterns().get(0).matchesAll();
    }
  }
}
