package io.heagent.agent.config;

import io.heagent.agent.log.Log;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Reads all settings: property before environment before arguments before file before default.
 *
 * <p>Precedence decides between global values; a {@code host=} block is more specific than any of
 * them. The {@code host=} blocks are those of the highest source that has some; {@code except=}
 * holds wherever it stands.
 */
public final class SettingsReader {

  private static final int MAX_FILE = 64 * 1024;
  private static final int MAX_MISTAKES = 10;

  private final UnaryOperator<String> properties;
  private final UnaryOperator<String> environment;

  /** With the places to look in; each gives null for a name it does not know. */
  public SettingsReader(UnaryOperator<String> properties, UnaryOperator<String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * The settings and what was wrong with them.
   *
   * @param warnings one line each: the setting, its value, what is allowed, what happens now
   */
  public record Result(Settings settings, List<String> warnings) {}

  /** Reads everything; a mistake is never more than a line. */
  public Result read(String agentArguments) {
    Source property = named("system property", Setting::property, properties);
    Source variable = named("environment", Setting::environment, environment);
    Source arguments = new Source("agent arguments");
    if (agentArguments != null) {
      split(arguments, agentArguments);
    }
    List<Source> highestFirst = new ArrayList<>(List.of(property, variable, arguments));
    String config = first(highestFirst, Setting.CONFIG);
    if (config != null) {
      highestFirst.add(file(config));
    }
    return merge(highestFirst);
  }

  private static Source named(
      String place, Function<Setting, String> name, UnaryOperator<String> values) {
    Source source = new Source(place);
    for (Setting setting : Setting.values()) {
      String value = values.apply(name.apply(setting));
      if (value == null) {
        continue;
      }
      if (setting == Setting.HOST || setting == Setting.EXCEPT) {
        for (String pattern : value.split(",", -1)) {
          source.add(setting, pattern.strip());
        }
      } else {
        source.add(setting, value.strip());
      }
    }
    return source;
  }

  private static void split(Source source, String arguments) {
    for (String item : arguments.split(",", -1)) {
      source.add(item);
    }
  }

  private static Source file(String path) {
    Source source = new Source(path);
    File file = new File(path);
    String wrong = null;
    if (!file.exists()) {
      wrong = "does not exist";
    } else if (!file.isFile()) {
      wrong = "is not a file";
    } else if (file.length() > MAX_FILE) {
      wrong = "is larger than 64 KiB";
    } else {
      try (InputStream in = new FileInputStream(file)) {
        String text = new String(in.readNBytes(MAX_FILE), StandardCharsets.UTF_8);
        // Editors of Windows begin a file with a byte order mark.
        int begin = text.startsWith("\uFEFF") ? 1 : 0;
        text.substring(begin).lines().forEach(line -> line(source, line));
      } catch (IOException e) {
        wrong = "cannot be read (" + e.getMessage() + ")";
      }
    }
    if (wrong != null) {
      source.noFile(wrong);
    }
    return source;
  }

  private static void line(Source source, String line) {
    int comment = line.indexOf('#');
    String text = comment < 0 ? line : line.substring(0, comment);
    if (text.strip().startsWith("config=")) {
      source.mistake(null, text.strip(), "cannot stand in a file; it is ignored");
    } else {
      source.add(text);
    }
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

  private static Result merge(List<Source> highestFirst) {
    Map<Setting, String> global = new EnumMap<>(Setting.class);
    List<Settings.HostBlock> blocks = new ArrayList<>();
    List<HostPattern> exceptions = new ArrayList<>();
    for (Source source : highestFirst) {
      for (Map.Entry<Setting, String> entry : source.global.entrySet()) {
        global.putIfAbsent(entry.getKey(), entry.getValue());
      }
      exceptions.addAll(source.exceptions);
    }
    for (Source source : highestFirst) {
      if (!source.blocks.isEmpty()) {
        for (Source.Block block : source.blocks) {
          Map<Setting, String> values = new EnumMap<>(global);
          values.putAll(block.values());
          HostPattern pattern = block.pattern() == null ? HostPattern.NONE : block.pattern();
          blocks.add(new Settings.HostBlock(pattern, Values.rule(values)));
        }
        break;
      }
    }
    Settings settings =
        new Settings(
            Values.rule(global),
            List.copyOf(blocks),
            List.copyOf(exceptions),
            Values.constant(Log.Level.class, Values.get(global, Setting.LOG)),
            Values.constant(Settings.Adoption.class, Values.get(global, Setting.ADOPTION)),
            Values.get(global, Setting.RESOLVE).equals("fast"),
            Values.get(global, Setting.NAT64).equals("auto"));
    return new Result(settings, warnings(highestFirst, global, settings));
  }

  private static List<String> warnings(
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
