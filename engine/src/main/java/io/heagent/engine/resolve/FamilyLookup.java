package io.heagent.engine.resolve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/**
 * The blocking look-ups under a {@link SystemResolver}. Whoever can reach the JDK's internals (on
 * 18 and later {@code InetAddressResolver.LookupPolicy}, on 17 {@code Inet4AddressImpl}) implements
 * this to ask families apart.
 *
 * <p>Called by several threads at the same time, one for each question.
 */
public interface FamilyLookup {

  /** {@link InetAddress#getAllByName}: both families at once, all that public JDK API offers. */
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
   * What to ask for each name, concurrently. {@code IPV4} and {@code BOTH} are a legal pair: where
   * only IPv4 can be asked alone, the other look-up brings IPv6.
   */
  Set<Question> questions();

  /**
   * Looks up, blocking for as long as it takes.
   *
   * @param host never a literal
   * @param question one of {@link #questions()}
   * @return in order of preference; empty where the name has no such addresses
   * @throws UnknownHostException if there is no such name, or no server answers
   */
  List<InetAddress> find(String host, Question question) throws UnknownHostException;
}
