package io.heagent.agent.check;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Passes questions to a resolver and its answers back, reports both to the recorder, and removes
 * addresses that may not be raced. It also removes the host names of addresses: an agent in this
 * JVM, which JAVA_TOOL_OPTIONS may have added, takes them for literals and leaves the connects
 * alone.
 */
final class WatchedResolver implements Resolver {

  private final Resolver resolver;
  private final CandidateSieve sieve;
  private final RaceRecorder recorder;

  WatchedResolver(Resolver resolver, CandidateSieve sieve, RaceRecorder recorder) {
    this.resolver = resolver;
    this.sieve = sieve;
    this.recorder = recorder;
  }

  @Override
  public Set<Question> questions() {
    return resolver.questions();
  }

  @Override
  public Query resolve(String host, Listener listener) {
    recorder.asked(resolver.questions());
    return resolver.resolve(
        host,
        new Listener() {
          @Override
          public void answer(Question question, List<InetAddress> addresses) {
            List<InetAddress> nameless = nameless(addresses);
            CandidateSieve.Sifted sifted = sieve.sift(nameless);
            recorder.answered(question, nameless, sifted);
            listener.answer(question, sifted.allowed());
          }

          @Override
          public void failure(Question question, Throwable cause) {
            recorder.unanswered(question);
            listener.failure(question, cause);
          }
        });
  }

  private static List<InetAddress> nameless(List<InetAddress> addresses) {
    List<InetAddress> nameless = new ArrayList<>(addresses.size());
    for (InetAddress address : addresses) {
      nameless.add(nameless(address));
    }
    return nameless;
  }

  private static InetAddress nameless(InetAddress address) {
    try {
      if (address instanceof Inet6Address ipv6 && ipv6.getScopedInterface() != null) {
        return Inet6Address.getByAddress(null, ipv6.getAddress(), ipv6.getScopedInterface());
      } else if (address instanceof Inet6Address ipv6) {
        // An address without a scope reports the scope id zero.
        int scope = ipv6.getScopeId() == 0 ? -1 : ipv6.getScopeId();
        return Inet6Address.getByAddress(null, ipv6.getAddress(), scope);
      }
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException impossible) {
      return address;
    }
  }
}
