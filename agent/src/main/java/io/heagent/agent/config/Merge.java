package io.heagent.agent.config;

import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.log.Log;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes settings of the places that they come from, by the precedence of {@link Layers}. */
final class Merge {

  private Merge() {}

  /**
   * Merges.
   *
   * @param sources highest first
   * @param change the one of them that was made while the program ran; null for none
   * @param global empty; takes the values that apply where no {@code host=} says otherwise
   */
  static Settings settings(List<Source> sources, Change change, Map<Setting, String> global) {
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
        List.copyOf(blocks(sources, change, global)),
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

  private static List<Settings.HostBlock> blocks(
      List<Source> sources, Change change, Map<Setting, String> global) {
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
}
