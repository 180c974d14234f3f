package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchSet;
import java.util.Set;

/**
 * What this JVM allows; the reasons for what it does not have been logged.
 *
 * @param race whether anything can be raced
 * @param dup whether winners can be adopted by dup2; if not: redial
 * @param select whether non-blocking channels can be raced
 * @param async whether asynchronous channels can be raced
 * @param options whether it is told which socket options are set
 * @param ahead whether the hooks were woven ahead, and Byte Buddy has not been needed
 * @param poolKey the patch of a class of the HttpClient's that is yet to be loaded; null if it has
 *     its hook already, or is not there
 * @param bridge what the rest of the bridge is to be told
 */
public record Support(
    boolean race,
    boolean dup,
    boolean select,
    boolean async,
    boolean options,
    boolean ahead,
    Patch poolKey,
    LateBridge.Facts bridge) {

  static final Support NOTHING = new Support(false, false, false, false, false, false, null, null);

  static Support of(Set<HookGroup> groups, boolean dup, LateBridge.Facts bridge) {
    return new Support(
        true,
        dup,
        groups.contains(HookGroup.SELECT),
        groups.contains(HookGroup.ASYNC),
        groups.contains(HookGroup.OPTIONS),
        false,
        null,
        bridge);
  }

  /** Of a build that has all that hooks rely on: else there would be no set of patches for it. */
  static Support ahead(PatchSet set, Patch poolKey) {
    LateBridge.Facts bridge =
        new LateBridge.Facts(
            set.state(PatchSets.CONNECTING),
            set.state(PatchSets.CLOSING),
            set.state(PatchSets.CONNECTION_PENDING),
            true);
    return new Support(true, true, true, true, true, true, poolKey, bridge);
  }
}
