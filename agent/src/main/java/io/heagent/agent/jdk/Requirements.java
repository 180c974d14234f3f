package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.ClassShape;
import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.HookGroup;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.RequiredMembers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks against a JDK's class files whether it has the {@link RequiredMembers}, and tells which of
 * them it lacks.
 */
final class Requirements {

  private static final String INET = "Ljava/net/InetAddress;";

  /**
   * The classes of the entries in the JDK's look-up cache: first the newer name, then that of JDK
   * 17.
   */
  private static final List<String> CACHED =
      List.of("java.net.InetAddress$CachedLookup", "java.net.InetAddress$CachedAddresses");

  private static final String POLLER = "sun.nio.ch.Poller";
  private static final String VIRTUAL_PARK = "poll(IIJLjava/util/function/BooleanSupplier;)V";

  private static final String VIRTUAL_MODE = "forcedNonBlocking:Z";

  private final JdkClassFiles files;

  Requirements(JdkClassFiles files) {
    this.files = files;
  }

  /** The members that a group needs and the JDK lacks; empty if it lacks none. */
  List<String> missingFor(HookGroup group) {
    List<String> missing = missing(RequiredMembers.NEEDED.get(group));
    if (group == HookGroup.COMMON) {
      String cached = CACHED.get(files.shape(CACHED.get(0)) != null ? 0 : 1);
      check(cached, "inetAddresses:[" + INET, missing);
      check(cached, "expiryTime:J", missing);
    }
    for (Hook hook : Hook.ALL) {
      if (hook.group() == group && hook.isFor(files)) {
        check(hook.owner(), hook.member(), missing);
      }
    }
    return missing;
  }

  /** The members that adoption by dup2 needs and the JDK lacks; empty if it lacks none. */
  List<String> missingForAdoption() {
    List<String> missing = missing(RequiredMembers.ADOPTION);
    if (files.shape(POLLER) != null) {
      check(POLLER, VIRTUAL_PARK, missing);
      check(Hook.CHANNEL, VIRTUAL_MODE, missing);
    }
    return missing;
  }

  /**
   * The members that options by number and disconnect need and the JDK lacks; empty if it lacks
   * none.
   */
  List<String> missingByNumber() {
    List<String> missing = missing(RequiredMembers.OPTIONS);
    missing.addAll(missing(RequiredMembers.DISCONNECT));
    return missing;
  }

  /** The members that races of Netty's channels need and the JDK lacks; empty if it lacks none. */
  List<String> missingForNetty() {
    List<String> missing = missing(RequiredMembers.NETTY);
    missing.addAll(missing(RequiredMembers.ADOPTION));
    missing.addAll(missing(RequiredMembers.OPTIONS));
    return missing;
  }

  /** Whether options can be read and set by number. */
  boolean hasOptionsByNumber() {
    return missing(RequiredMembers.OPTIONS).isEmpty();
  }

  /**
   * The value of a compile-time constant that numbers a state; -1, which is no state, if the class
   * has no such constant.
   */
  int state(String owner, String name) {
    ClassShape shape = files.shape(owner);
    Integer value = shape == null ? null : shape.constant(name);
    return value == null ? -1 : value;
  }

  private List<String> missing(Map<String, List<String>> required) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> owner : required.entrySet()) {
      for (String member : owner.getValue()) {
        check(owner.getKey(), member, missing);
      }
    }
    return missing;
  }

  private void check(String owner, String member, List<String> missing) {
    ClassShape shape = files.shape(owner);
    if (shape == null || !shape.has(member)) {
      missing.add(owner + "." + member);
    }
  }
}
