package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.HookGroup;
import java.util.Set;

/**
 * What this JVM allows; the reasons for what it does not have been logged.
 *
 * @param race whether anything can be raced
 * @param dup whether winners can be adopted by dup2; if not: redial
 * @param select whether non-blocking channels can be raced
 * @param async whether asynchronous channels can be raced
 * @param options whether it is told which socket options are set
 */
public record Support(boolean race, boolean dup, boolean select, boolean async, boolean options) {

  static final Support NOTHING = new Support(false, false, false, false, false);

  static Support of(Set<HookGroup> groups, boolean dup) {
    return new Support(
        true,
        dup,
        groups.contains(HookGroup.SELECT),
        groups.contains(HookGroup.ASYNC),
        groups.contains(HookGroup.OPTIONS));
  }
}
