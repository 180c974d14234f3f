package io.heagent.agent.control;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Setting;
import io.heagent.agent.config.Settings;
import java.util.ArrayList;
import java.util.List;

/** The settings in force, for people. */
final class InForce {

  private InForce() {}

  /**
   * A line for each setting, with the place that it comes from unless it is the default; then one
   * for each exception, and one for each host.
   */
  static List<String> lines(Layers layers) {
    List<String> lines = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      boolean isList = setting == Setting.HOST || setting == Setting.EXCEPT;
      if (!isList && (setting != Setting.CONFIG || layers.file() != null)) {
        String place = layers.place(setting);
        String text = setting.text() + "=" + layers.value(setting);
        lines.add(place == null ? text : text + " (" + place + ")");
      }
    }
    List<String> exceptions = layers.exceptions();
    for (String exception : exceptions.isEmpty() ? List.of("") : exceptions) {
      lines.add(Setting.EXCEPT.text() + "=" + exception);
    }
    String place = layers.placeOfHosts();
    String behind = place == null ? "" : " (" + place + ")";
    for (Settings.HostBlock block : layers.settings().blocks()) {
      lines.add(Setting.HOST.text() + "=" + block.pattern() + "," + block.rule().text() + behind);
    }
    if (layers.settings().blocks().isEmpty()) {
      lines.add(Setting.HOST.text() + "=" + Setting.HOST.defaultValue() + behind);
    }
    return lines;
  }
}
