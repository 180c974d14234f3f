package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.Weaver;
import io.heagent.agent.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * The key of the HttpClient's pool of connections. Its module has another class loader than the
 * other classes with hooks: to load it at each start would cost that loader's files, so that it
 * gets its hook when a program loads it.
 */
public final class PoolKeyClass {

  /** With slashes. A constant, so that who compares names loads nothing. */
  public static final String NAME = "jdk/internal/net/http/ConnectionPool$CacheKey";

  private PoolKeyClass() {}

  /**
   * The class file with its hook: by the patch, or where another agent has changed it before us, by
   * Byte Buddy.
   */
  public static byte[] woven(Patch patch, byte[] classFile) {
    byte[] made = patch.apply(classFile);
    return made != null ? made : Rest.woven(classFile);
  }

  /** Apart, because it is hardly ever needed. */
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
