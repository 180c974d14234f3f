package io.heagent.agent.resolve;

import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.log.Log;
import io.heagent.engine.resolve.FamilyLookup;
import io.heagent.engine.resolve.Question;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import sun.nio.ch.HeCache;
import sun.nio.ch.HeNames;

/**
 * Asks the JDK's own resolver, custom ones included, for one family of addresses (RFC 8305, section
 * 3): past the JDK's cache, which is looked into first and given the result afterwards.
 *
 * <ul>
 *   <li>On JDK 18 and later it asks for IPv6 and IPv4 separately. That makes as many queries as the
 *       JDK's one look-up for both.
 *   <li>On JDK 17 it asks for IPv4 alone and for both families at once, because nothing in that JDK
 *       asks for IPv6 alone. That makes one more query for IPv4. The look-up for both fills the
 *       JDK's cache by itself.
 *   <li>If the system's order of addresses applies ({@code java.net.preferIPv6Addresses=system}),
 *       it does as on JDK 17, because only a look-up for both tells that order.
 * </ul>
 */
public final class JdkFamilyLookup implements FamilyLookup {

  private final NameServiceSwitch services = new NameServiceSwitch();
  private final Set<Question> questions;
  private final Question preferred;

  private JdkFamilyLookup(Set<Question> questions, Question preferred) {
    this.questions = questions;
    this.preferred = preferred;
  }

  /**
   * The look-up that this JVM is capable of. It logs one line, once, if that is less than usual.
   */
  static FamilyLookup ofThisJvm() {
    try {
      LateBridge.installNames();
      int policy = HeNames.lookupPolicy();
      boolean both = (policy & HeNames.IPV4) != 0 && (policy & HeNames.IPV6) != 0;
      if (!both || System.getProperty("jdk.net.hosts.file") != null) {
        // The JVM uses one family only, or a hosts file that is read at once, so no answer is late.
        return FamilyLookup.COMBINED;
      }
      boolean ipv4First = (policy & HeNames.IPV4_FIRST) != 0;
      boolean apart =
          HeNames.canLookUpIpv6Alone() && (ipv4First || (policy & HeNames.IPV6_FIRST) != 0);
      return new JdkFamilyLookup(
          EnumSet.of(Question.IPV4, apart ? Question.IPV6 : Question.BOTH),
          ipv4First ? Question.IPV4 : Question.IPV6);
    } catch (LinkageError | Exception differs) {
      Log.warn(
          "this JDK ("
              + System.getProperty("java.vm.version")
              + ") is not as expected, it has no "
              + differs.getMessage()
              + "; IPv4 and IPv6 addresses are looked up together");
      return FamilyLookup.COMBINED;
    }
  }

  /**
   * The same for a command, which runs in a JVM without the agent.
   *
   * @param instrumentation what the JVM has given this jar; null for nothing, and then both
   *     families are looked up together
   */
  public static FamilyLookup ofThisCommand(Instrumentation instrumentation) {
    if (instrumentation == null) {
      return FamilyLookup.COMBINED;
    }
    try {
      LateBridge.openForNames(instrumentation);
    } catch (IOException | ReflectiveOperationException | LinkageError differs) {
      Log.warn("IPv4 and IPv6 addresses are looked up together: " + differs);
      return FamilyLookup.COMBINED;
    }
    return ofThisJvm();
  }

  /** The family whose addresses the JDK puts first. */
  public static Question preferred(FamilyLookup lookup) {
    return lookup instanceof JdkFamilyLookup families ? families.preferred : Question.BOTH;
  }

  /** Whether the JDK's cache does not get the results of this look-up by itself. */
  static boolean isPastTheCache(FamilyLookup lookup) {
    return !lookup.questions().contains(Question.BOTH);
  }

  @Override
  public Set<Question> questions() {
    return questions;
  }

  @Override
  public List<InetAddress> find(String host, Question question) throws UnknownHostException {
    if (question == Question.BOTH) {
      return List.of(InetAddress.getAllByName(host));
    }
    if (HeCache.cachedAddresses(host) != null || !services.mayAskApart(host)) {
      return of(question, InetAddress.getAllByName(host));
    }
    return List.of(HeNames.lookUp(host, question == Question.IPV6));
  }

  private static List<InetAddress> of(Question question, InetAddress[] addresses) {
    List<InetAddress> family = new ArrayList<>(addresses.length);
    for (InetAddress address : addresses) {
      if (question.admits(address)) {
        family.add(address);
      }
    }
    return family;
  }
}
