package io.heagent.agent.config;

import io.heagent.agent.config.rule.HostPattern;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of the user. Immutable; any thread may read it.
 *
 * @param global the rule that applies where no host block says otherwise
 * @param blocks the {@code host=} blocks in their order; if there are none, every host is raced
 * @param exceptions the {@code except=} patterns, which take precedence over everything else
 * @param log how much is printed
 * @param logFile where it is printed; empty for stderr
 * @param adoption how a winner becomes the program's own connection
 * @param fastResolve whether look-ups return without the answer of the slower family
 * @param nat64 whether IPv4 addresses are translated on an IPv6-only network
 * @param fullMessages whether exceptions name the host and its addresses
 * @param nativeTransports what the agent does about Netty's native transports
 * @param enabled false for the kill switch: nothing is installed, or, once it is, nothing is raced
 */
public record Settings(
    RaceRule global,
    List<HostBlock> blocks,
    List<HostPattern> exceptions,
    Log.Level log,
    String logFile,
    Adoption adoption,
    boolean fastResolve,
    boolean nat64,
    boolean fullMessages,
    Native nativeTransports,
    boolean enabled) {

  /** Names that begin like this are the agent's, or misspelt names of the agent's. */
  private static final String[] OF_PROPERTIES = {"heagent.", "he-agent."};

  private static final String[] OF_VARIABLES = {"HEAGENT_", "HE_AGENT_"};

  /**
   * The settings if the user has set nothing. They are made on demand, because a start without
   * settings does not need them.
   */
  public static Settings defaults() {
    return new Settings(
        RaceRule.DEFAULT,
        List.of(),
        List.of(),
        Log.Level.WARN,
        "",
        Adoption.AUTO,
        false,
        true,
        true,
        Native.RACE,
        true);
  }

  /**
   * Whether any of these places may have settings. Mostly none has, and then a start reads nothing
   * and does not load the classes that read settings.
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

  /** Whether the name of a system property is the agent's, or a misspelt one. */
  static boolean isProperty(String name) {
    return begins(name, OF_PROPERTIES);
  }

  /** Whether the name of an environment variable is the agent's, or a misspelt one. */
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

  /** What the agent does about connects that bypass the JDK's sockets. */
  public enum Native {
    /** The agent races connects of Netty's epoll transport. */
    RACE,
    /** The agent switches Netty's native transports off, so that Netty uses the JDK's channels. */
    JDK,
    /** The agent leaves them alone. */
    OFF
  }

  /** How the winner's connection becomes the connection of the program's socket. */
  public enum Adoption {
    /** {@link #DUP} if the JVM allows it, otherwise {@link #REDIAL}. */
    AUTO,
    /** dup2 onto the program's own descriptor, without a second handshake. */
    DUP,
    /** The race closes the winner, and connects the program's own socket to its address. */
    REDIAL
  }

  /** A {@code host=} line and the settings that follow it. */
  public record HostBlock(HostPattern pattern, RaceRule rule) {}

  /**
   * The rule for a connect to a host and port: that of the first block that matches, or the global
   * rule if there are no blocks.
   *
   * @return null if the agent leaves this connect alone
   */
  public RaceRule ruleFor(String host, int port) {
    if (!enabled) {
      return null;
    }
    // By index, because an iterator would be allocated for each connect that is not raced.
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
