package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * The blocking look-ups that a {@link SystemResolver} makes. A user that can reach the JDK's
 * internals ({@code InetAddressResolver.LookupPolicy} on 18 and later, {@code Inet4AddressImpl} on
 * 17) implements this to look up each family separately.
 *
 * <p>Several threads call it at the same time, one for each question.
 */
public interface FamilyLookup {

  /**
   * {@link InetAddress#getAllByName}, which looks up both families at once. The JDK's public API
   * offers nothing else.
   */
  FamilyLookup COMBINED =
      new FamilyLookup() {
        @Override
        public Set<Question> questions() {
          return Set.of(Question.BOTH);
        }

        @Override
        public List<InetAddress> find(String host, Question question) throws UnknownHostException {
          return List.of(InetAddress.getAllByName(host));
        }
      };

  /**
   * The questions to ask, at the same time, for each name. {@code IPV4} together with {@code BOTH}
   * is legal: where only IPv4 can be looked up alone, the look-up of both brings IPv6.
   */
  Set<Question> questions();

  /**
   * Looks up a name, and blocks for as long as that takes.
   *
   * @param host not null, never a literal
   * @param question one of {@link #questions()}
   * @return the addresses in order of preference; empty if the name exists but has no such
   *     addresses
   * @throws UnknownHostException if there is no such name, or no server answers
   */
  List<InetAddress> find(String host, Question question) throws UnknownHostException;
}
