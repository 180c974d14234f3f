package io.heagent.agent.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a user has given in all four places, and what the reader makes of it. */
public final class Given {

  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  public static SettingsReader.Result arguments(String arguments) {
    return new Given().read(arguments);
  }

  public Given property(String name, String value) {
    properties.setProperty(name, value);
    return this;
  }

  public Given variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public SettingsReader.Result read(String arguments) {
    return new SettingsReader(properties, environment).read(arguments);
  }

  /** The only warning; fails where there are more or none. */
  public static String only(List<String> warnings) {
    if (warnings.size() != 1) {
      throw new AssertionError("expected one warning, not " + warnings);
    }
    return warnings.get(0);
  }
}
