package io.heagent.agent.config;

import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.config.rule.HostPattern;
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

  /** The file that {@code config=} names; null if there is none. */
  private final SettingsFile file;

  /** The settings in that file; null if there is none. */
  private final Source ofFile;

  /** What was changed while the program ran; null for nothing. */
  private final Change change;

  private final Settings settings;
  private final List<String> warnings;

  private Layers(List<Source> places, SettingsFile file, Source ofFile, Change change) {
    this.places = places;
    this.file = file;
    this.ofFile = ofFile;
    this.change = change;
    Map<Setting, String> global = new EnumMap<>(Setting.class);
    this.settings = Merge.settings(highestFirst(), change, global);
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
    return new Layers(List.copyOf(places), file, file == null ? null : source(file), null);
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

  /** The file that {@code config=} names, as it was last read; null if there is none. */
  public SettingsFile file() {
    return file;
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
    Layers next = new Layers(places, changed, source, change);
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
    Layers changed = new Layers(places, file, ofFile, change == null ? next : change.then(next));
    if (!changed.settings.enabled()) {
      refuseInVain(Setting.ENABLED, "true", next, changed);
      refuseInVain(Setting.MODE, "race", next, changed);
      refuseInVain(Setting.MODE, "observe", next, changed);
    }
    return changed;
  }

  /** Whoever asks for this would take it for done, but the kill switch is on. */
  private static void refuseInVain(Setting setting, String value, Change next, Layers changed) {
    if (value.equals(next.source.global.get(setting))) {
      throw new IllegalArgumentException(
          setting.text()
              + "="
              + value
              + " (set) does not help: enabled=false ("
              + changed.place(Setting.ENABLED)
              + ") applies");
    }
  }

  /**
   * Checks the arguments of an agent that is to be attached.
   *
   * @throws IllegalArgumentException if any of them is not allowed; the message is one line
   */
  public static void check(List<String> arguments) {
    Source source = new Source("attach", Source.Kind.ARGUMENTS);
    for (String item : String.join(",", arguments).split(",", -1)) {
      source.add(item);
    }
    refuseMistakes(source);
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
    if (ofFile != null) {
      all.add(ofFile);
    }
    return all;
  }

  /** The value that applies where no {@code host=} says otherwise, as it was written. */
  public String value(Setting setting) {
    return isOff(setting) ? "false" : global(setting);
  }

  /** Whether a place has exceptions that count. */
  private boolean isOfExceptions(Source source) {
    return change == null || !change.liftsExceptions || source == change.source;
  }

  /** The exceptions, in the order in which they are asked, each with the place it comes from. */
  public List<String> exceptions() {
    List<String> lines = new ArrayList<>();
    for (Source source : highestFirst()) {
      if (isOfExceptions(source)) {
        for (HostPattern pattern : source.exceptions) {
          lines.add(pattern + " (" + source.name + ")");
        }
      }
    }
    return lines.isEmpty() && change != null && change.liftsExceptions
        ? List.of(" (" + change.source.name + ")")
        : lines;
  }

  /** The place that the hosts come from; null for the default, which is every host. */
  public String placeOfHosts() {
    for (Source source : highestFirst()) {
      if (isOfHosts(source)) {
        return source.name;
      }
    }
    return null;
  }

  /** The place that a setting comes from; null for the default. */
  public String place(Setting setting) {
    boolean isOff = isOff(setting);
    for (Source source : highestFirst()) {
      String value = source.global.get(setting);
      if (isOff ? "false".equals(value) : value != null) {
        return source.name;
      }
    }
    return null;
  }

  /** Whether this is the kill switch, and some place has thrown it, which counts in any place. */
  private boolean isOff(Setting setting) {
    return setting == Setting.ENABLED && !settings.enabled();
  }

  /**
   * What the file says and a higher place says otherwise: the names of the settings, each with that
   * place.
   */
  public List<String> overridden() {
    List<String> names = new ArrayList<>();
    for (Map.Entry<Setting, String> entry : ofFile.global.entrySet()) {
      Setting setting = entry.getKey();
      if (!value(setting).equals(entry.getValue())) {
        names.add(setting.text() + " (" + place(setting) + ")");
      }
    }
    if (!ofFile.blocks.isEmpty() && !ofFile.name.equals(placeOfHosts())) {
      names.add(Setting.HOST.text() + " (" + placeOfHosts() + ")");
    }
    if (change != null && change.liftsExceptions && !ofFile.exceptions.isEmpty()) {
      names.add(Setting.EXCEPT.text() + " (" + change.source.name + ")");
    }
    return names;
  }

  /** Whether the hosts are those of this place, if it is the highest of which that is so. */
  private boolean isOfHosts(Source source) {
    boolean isChanged = change != null && change.namesHosts;
    return isChanged ? source == change.source : !source.blocks.isEmpty();
  }
}
