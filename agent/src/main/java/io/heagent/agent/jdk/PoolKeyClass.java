package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.Weaver;
import io.heagent.agent.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of the HttpClient's connection pool. Its module has a different class loader from the
 * other woven classes, and to load it at every start would read that loader's files. So it gets its
 * hook when the program loads it.
 */
public final class PoolKeyClass {

  /**
   * The name with slashes. A compile-time constant, so that code which only compares names does not
   * load this class.
   */
  public static final String NAME = "jdk/internal/net/http/ConnectionPool$CacheKey";

  private PoolKeyClass() {}

  /**
   * Weaves the hook into the class file: by the patch, or by Byte Buddy if another agent has
   * changed the class file before.
   */
  public static byte[] woven(Patch patch, byte[] classFile) {
    BridgeInstaller.exportToHttp();
    byte[] made = patch.apply(classFile);
    return made != null ? made : Rest.woven(classFile);
  }

  /** A class of its own, because it is hardly ever needed and so is rarely loaded. */
  private static final class Rest {
    static byte[] woven(byte[] classFile) {
      String owner = NAME.replace('/', '.');
      List<Hook> hooks = new ArrayList<>();
      for (Hook hook : Hook.ALL) {
        if (hook.owner().equals(owner)) {
          hooks.add(hook);
        }
      }
      return new Weaver(new JdkClassFiles()).weave(owner, hooks, classFile);
    }
  }
}
