package io.heagent.agent.config;

import io.heagent.agent.config.file.SettingsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Reads all settings. Properties take precedence over the environment, then come arguments, the
 * file, and defaults; {@link Layers} lays them on top of each other.
 *
 * <p>No lambdas, streams or regular expressions are used here: this runs before the program's main,
 * where the first use of each takes milliseconds.
 */
public final class SettingsReader {

  private static final int MAX_MISTAKES = 10;

  /** The one variable that is read by the scripts of this project and not by the agent. */
  private static final String JDKS = "HEAGENT_JDKS";

  private final Properties properties;
  private final Map<String, String> environment;

  /** Reads from these properties and variables. */
  public SettingsReader(Properties properties, Map<String, String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * The settings, and what was wrong with them.
   *
   * @param warnings one line each: the setting, its value, what is allowed, and what happens now
   */
  public record Result(Settings settings, List<String> warnings) {}

  /** Reads everything. A mistake makes a warning and nothing more. */
  public Result read(String agentArguments) {
    Layers layers = layers(agentArguments);
    return new Result(layers.settings(), layers.warnings());
  }

  /** The same, by the places that the settings come from. */
  public Layers layers(String agentArguments) {
    List<Source> highestFirst = new ArrayList<>();
    highestFirst.add(properties());
    highestFirst.add(environment());
    Source arguments = new Source("agent arguments", Source.Kind.ARGUMENTS);
    if (agentArguments != null) {
      for (String item : agentArguments.split(",", -1)) {
        arguments.add(item);
      }
    }
    highestFirst.add(arguments);
    String config = first(highestFirst, Setting.CONFIG);
    return Layers.of(highestFirst, config == null ? null : SettingsFile.read(config));
  }

  private Source properties() {
    Source source = new Source("system property", Source.Kind.NAMED);
    for (Setting setting : Setting.values()) {
      String value = properties.getProperty(setting.property());
      if (value != null) {
        source.add(setting.text() + "=" + value);
      }
    }
    for (String name : properties.stringPropertyNames()) {
      if (Settings.isProperty(name) && !isProperty(name)) {
        source.addUnknown(name, properties.getProperty(name), false);
      }
    }
    return source;
  }

  /**
   * The settings of the environment. An empty variable counts as not set, because {@code NAME:
   * ${VALUE:-}} makes one.
   */
  private Source environment() {
    Source source = new Source("environment", Source.Kind.NAMED);
    for (Setting setting : Setting.values()) {
      String value = environment.get(setting.environment());
      if (value != null && !value.isBlank()) {
        source.add(setting.text() + "=" + value);
      }
    }
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      if (Settings.isVariable(name) && !isVariable(name) && !variable.getValue().isBlank()) {
        source.addUnknown(name, variable.getValue(), true);
      }
    }
    return source;
  }

  private static boolean isProperty(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.property().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isVariable(String name) {
    for (Setting setting : Setting.values()) {
      if (setting.environment().equals(name)) {
        return true;
      }
    }
    return name.equals(JDKS);
  }

  private static String first(List<Source> sources, Setting setting) {
    for (Source source : sources) {
      String value = source.global.get(setting);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** What is wrong with settings, one line each. */
  static List<String> warnings(
      List<Source> sources, Map<Setting, String> global, Settings settings) {
    List<String> warnings = new ArrayList<>();
    int left = 0;
    for (Source source : sources) {
      for (Source.Mistake mistake : source.mistakes) {
        if (warnings.size() == MAX_MISTAKES) {
          left++;
        } else if (mistake.setting() == null) {
          warnings.add(mistake.text());
        } else {
          String now = Values.get(global, mistake.setting());
          warnings.add(mistake.text() + "; " + mistake.setting().text() + "=" + now + " applies");
        }
      }
    }
    if (left > 0) {
      warnings.add("and " + left + " more settings that are not allowed; they are ignored");
    }
    for (int i = 1; i < settings.blocks().size(); i++) {
      if (settings.blocks().get(i - 1).pattern().matchesAll()) {
        warnings.add(
            "host="
                + settings.blocks().get(i).pattern()
                + " stands behind host=*, which applies to it: the first that matches counts");
        break;
      }
    }
    if (settings.global().delayNanos() < Values.RECOMMENDED_MIN_DELAY) {
      warnings.add(unwise(Values.get(global, Setting.DELAY)));
    } else {
      for (Settings.HostBlock block : settings.blocks()) {
        if (block.rule().delayNanos() < Values.RECOMMENDED_MIN_DELAY) {
          long millis = block.rule().delayNanos() / 1_000_000L;
          warnings.add(unwise(millis + "ms (host=" + block.pattern() + ")"));
          break;
        }
      }
    }
    return warnings;
  }

  private static String unwise(String delay) {
    return "delay="
        + delay
        + " is below the 100ms that RFC 8305 recommends as the least; it applies";
  }
}
