package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.patch.Patch;
import io.heagent.agent.patch.PatchSet;
import java.util.Map;
import java.util.Set;

/**
 * What this JVM allows. The reasons for everything that it does not allow have been logged.
 *
 * @param race whether anything can be raced
 * @param dup whether a winner's connection can be adopted by dup2; if not, races use redial
 * @param select whether non-blocking channels can be raced
 * @param async whether asynchronous channels can be raced
 * @param options whether the agent is told which socket options the program sets
 * @param ahead whether the hooks come from patches, so that Byte Buddy has not been loaded
 * @param poolKey the patch of the HttpClient's pool key, which is yet to be loaded; null if that
 *     class has its hook already, or does not exist
 * @param before the changed classes by name, each with its class file without hooks, or null for
 *     the JDK's own; null as a whole if every class that has hooks was the JDK's own before
 * @param bridge what the rest of the bridge must know of this JDK
 */
public record Support(
    boolean race,
    boolean dup,
    boolean select,
    boolean async,
    boolean options,
    boolean ahead,
    Patch poolKey,
    Map<String, byte[]> before,
    LateBridge.Facts bridge) {

  static final Support NOTHING =
      new Support(false, false, false, false, false, false, null, null, null);

  static Support of(
      Set<HookGroup> groups, boolean dup, LateBridge.Facts bridge, Map<String, byte[]> before) {
    return new Support(
        true,
        dup,
        groups.contains(HookGroup.SELECT),
        groups.contains(HookGroup.ASYNC),
        groups.contains(HookGroup.OPTIONS),
        false,
        null,
        before,
        bridge);
  }

  /**
   * The support of a build that has patches. Patches exist only for builds that have everything
   * that hooks rely on.
   */
  static Support ahead(PatchSet set, Patch poolKey) {
    LateBridge.Facts bridge =
        new LateBridge.Facts(
            set.state(PatchSets.CONNECTING),
            set.state(PatchSets.CLOSING),
            set.state(PatchSets.CONNECTION_PENDING),
            true);
    return new Support(true, true, true, true, true, true, poolKey, null, bridge);
  }
}
