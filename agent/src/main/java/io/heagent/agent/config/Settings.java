package io.heagent.agent.config;

import io.heagent.agent.log.Log;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What the user has asked for. Immutable; any thread may read it.
 *
 * @param global what applies where no host block says otherwise
 * @param blocks the {@code host=} blocks in their order; empty means every host
 * @param exceptions the {@code except=} patterns; they always win
 * @param log how much is printed
 * @param adoption how a winner becomes the program's own connection
 * @param fastResolve whether look-ups do not wait for the family that is late
 * @param nat64 whether IPv4 addresses are translated on an IPv6-only network
 * @param fullMessages whether exceptions name the host and its addresses
 * @param nativeTransports what is done about Netty's native transports
 * @param enabled false for the kill switch: nothing is installed
 */
public record Settings(
    RaceRule global,
    List<HostBlock> blocks,
    List<HostPattern> exceptions,
    Log.Level log,
    Adoption adoption,
    boolean fastResolve,
    boolean nat64,
    boolean fullMessages,
    Native nativeTransports,
    boolean enabled) {

  /** Names that begin like this are ours or meant to be. */
  private static final String[] OF_PROPERTIES = {"heagent.", "he-agent."};

  private static final String[] OF_VARIABLES = {"HEAGENT_", "HE_AGENT_"};

  /**
   * What applies where nobody has set anything. Made when it is wanted: a start has no use for it.
   */
  public static Settings defaults() {
    return new Settings(
        RaceRule.DEFAULT,
        List.of(),
        List.of(),
        Log.Level.WARN,
        Adoption.AUTO,
        false,
        true,
        true,
        Native.RACE,
        true);
  }

  /**
   * Whether there may be settings in one of these places. Mostly nobody has set anything, and then
   * a start has nothing to read and none of the classes to load that do.
   */
  public static boolean areGiven(
      String agentArguments, Properties properties, Map<String, String> environment) {
    if (agentArguments != null && !agentArguments.isBlank()) {
      return true;
    }
    for (String name : properties.stringPropertyNames()) {
      if (isProperty(name)) {
        return true;
      }
    }
    for (String name : environment.keySet()) {
      if (isVariable(name)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a system property's name is ours or meant to be. */
  static boolean isProperty(String name) {
    return begins(name, OF_PROPERTIES);
  }

  /** Whether an environment variable's name is ours or meant to be. */
  static boolean isVariable(String name) {
    return begins(name, OF_VARIABLES);
  }

  private static boolean begins(String name, String[] prefixes) {
    for (String prefix : prefixes) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }

  /** What is done about connects that go past the JDK's sockets. */
  public enum Native {
    /** Those of Netty's epoll transport are raced. */
    RACE,
    /** Netty's native transports are switched off, so that it uses the JDK's channels. */
    JDK,
    /** They are left alone. */
    OFF
  }

  /** How the connection that won is put under the program's socket. */
  public enum Adoption {
    /** {@link #DUP} where the JVM can, else {@link #REDIAL}. */
    AUTO,
    /** dup2 onto the program's own descriptor: no second handshake. */
    DUP,
    /** Race, close the winner, connect the program's own socket to its address. */
    REDIAL
  }

  /** A {@code host=} line and the settings after it. */
  public record HostBlock(HostPattern pattern, RaceRule rule) {}

  /**
   * The rule for a connect by name: the first block that matches, the global rule where there are
   * no blocks at all.
   *
   * @return null where this connect is not to be raced
   */
  public RaceRule ruleFor(String host, int port) {
    // By index: an iterator would be allocated for each connect that is not raced.
    for (int i = 0; i < exceptions.size(); i++) {
      if (exceptions.get(i).matches(host, port)) {
        return null;
      }
    }
    if (blocks.isEmpty()) {
      return global.race() ? global : null;
    }
    for (int i = 0; i < blocks.size(); i++) {
      HostBlock block = blocks.get(i);
      if (block.pattern().matches(host, port)) {
        return block.rule().race() ? block.rule() : null;
      }
    }
    return null;
  }
}
