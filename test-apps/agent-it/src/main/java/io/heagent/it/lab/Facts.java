package io.heagent.it.lab;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one case of a probe saw: its name and named values, on one line of standard output. */
public final class Facts {
  private static final String MARK = "FACTS";

  private final String name;
  private final Map<String, String> values = new LinkedHashMap<>();

  public Facts(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Notes a value; tabs and line ends become blanks. */
  public Facts put(String key, Object value) {
    values.put(key, String.valueOf(value).replaceAll("[\t\r\n]+", " "));
    return this;
  }

  /** The value, or an empty text where the case did not come to it. */
  public String get(String key) {
    return values.getOrDefault(key, "");
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Prints the line, whole, whatever other threads print. */
  public void print() {
    StringBuilder line = new StringBuilder(MARK).append('\t').append(name);
    values.forEach((key, value) -> line.append('\t').append(key).append('=').append(value));
    System.out.println(line);
  }

  /** All facts in what a probe printed, by name, in order. */
  public static Map<String, Facts> parse(String output) {
    Map<String, Facts> all = new LinkedHashMap<>();
    for (String line : output.lines().toList()) {
      List<String> parts = List.of(line.split("\t", -1));
      if (parts.size() > 1 && parts.get(0).equals(MARK)) {
        Facts facts = new Facts(parts.get(1));
        for (String part : parts.subList(2, parts.size())) {
          int equals = part.indexOf('=');
          facts.values.put(part.substring(0, equals), part.substring(equals + 1));
        }
        all.put(facts.name, facts);
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return name + " " + values;
  }
}
