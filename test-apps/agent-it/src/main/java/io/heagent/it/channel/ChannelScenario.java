package io.heagent.it.channel;

import io.heagent.it.lab.Service;
import io.heagent.testkit.net.Loopback;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the addresses of a name are like, in their order. */
public enum ChannelScenario {
  GOOD_FIRST(End.SERVED, Hosts.GOOD, Hosts.SECOND),
  DEAD_FIRST(End.SERVED, Hosts.DEAD, Hosts.GOOD),
  REFUSED_FIRST(End.SERVED, Hosts.REFUSED, Hosts.GOOD),
  TWO_DEAD(End.SERVED, Hosts.DEAD, Hosts.DEAD_TOO, Hosts.GOOD),
  REFUSED_DEAD_GOOD(End.SERVED, Hosts.REFUSED, Hosts.DEAD, Hosts.GOOD),
  ALL_DEAD(End.HANGS, Hosts.DEAD, Hosts.DEAD_TOO),
  /** The channel's own descriptor reports a hang-up for as long as the second address is silent. */
  REFUSED_THEN_DEAD(End.HANGS, Hosts.REFUSED, Hosts.DEAD),
  ALL_REFUSED(End.FAILS, Hosts.REFUSED, Hosts.REFUSED_TOO),
  SINGLE(End.SERVED, Hosts.GOOD),
  /** No name: the good host's address. */
  LITERAL(End.SERVED, Hosts.GOOD),
  UNRESOLVED(End.SERVED, Hosts.DEAD, Hosts.GOOD),
  UNRESOLVED_LITERAL(End.FAILS),
  UNKNOWN(End.FAILS),
  IPV6_DEAD_FIRST(End.SERVED, Hosts.IPV6, Hosts.GOOD),
  MIXED(End.SERVED, Hosts.IPV6, Hosts.DEAD, Hosts.GOOD),
  /** At the second port, where IPv6 is good and IPv4 is dead. */
  IPV6_SECOND(End.SERVED, Hosts.DEAD, Hosts.IPV6);

  /** What a connect comes to with the agent. */
  public enum End {
    SERVED,
    HANGS,
    FAILS
  }

  /** The addresses of the lab. */
  public static final class Hosts {
    public static final String GOOD = "127.9.0.1";
    public static final String SECOND = "127.9.0.9";
    public static final String DEAD = "127.9.1.1";
    public static final String DEAD_TOO = "127.9.1.2";
    public static final String REFUSED = "127.9.2.1";
    public static final String REFUSED_TOO = "127.9.2.2";
    public static final String IPV6 = "::1";

    private Hosts() {}
  }

  private static final boolean HAS_IPV6 = Loopback.hasIpv6();

  private final End end;

  /**
   * One text with blanks between the addresses, because an enum should hold nothing that can
   * change.
   */
  private final String addresses;

  ChannelScenario(End end, String... addresses) {
    this.end = end;
    this.addresses = String.join(" ", addresses);
  }

  /** The scenarios that are possible on this machine. */
  public static List<ChannelScenario> possible() {
    return Arrays.stream(values())
        .filter(scenario -> HAS_IPV6 || !scenario.addresses().contains(Hosts.IPV6))
        .toList();
  }

  public End end() {
    return end;
  }

  public List<String> addresses() {
    return addresses.isEmpty() ? List.of() : List.of(addresses.split(" ", -1));
  }

  /** The address that the talk service is reached at. */
  public String served() {
    return this == GOOD_FIRST ? Hosts.GOOD : addresses().get(addresses().size() - 1);
  }

  /** Whether a JVM without the agent stays at a dead address. */
  public boolean hangsPlain() {
    return !isUnresolved() && addresses().get(0).matches(Hosts.DEAD + "|" + Hosts.IPV6);
  }

  /** The JDK refuses such addresses, unless the agent looks them up. */
  public boolean isUnresolved() {
    return this == UNRESOLVED || this == UNRESOLVED_LITERAL || this == UNKNOWN;
  }

  public boolean isLiteral() {
    return this == LITERAL || this == UNRESOLVED_LITERAL;
  }

  /** The name that has these addresses, or the literal. */
  public String host() {
    return isLiteral()
        ? Service.TALK.address()
        : name().toLowerCase(Locale.ROOT).replace('_', '-') + ".nio.test";
  }

  /** Which of the lab's two ports it is played at. */
  public int port(int first, int second) {
    return this == IPV6_SECOND ? second : first;
  }

  /** What a program connects to. */
  public InetSocketAddress address(int port) {
    return isUnresolved()
        ? InetSocketAddress.createUnresolved(host(), port)
        : new InetSocketAddress(host(), port);
  }
}
