package io.heagent.agent.check;

import io.heagent.engine.address.Literals;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes questions to a resolver and its answers back, reports both to the recorder, and removes
 * addresses that may not be raced. It also removes the host names of addresses: an agent in this
 * JVM, which JAVA_TOOL_OPTIONS may have added, takes them for literals and leaves the connects
 * alone.
 *
 * <p>A look-up that the race gives up goes on until {@link #end}: a program without the agent would
 * wait for it.
 */
final class WatchedResolver implements Resolver {

  private final Resolver resolver;
  private final CandidateSieve sieve;
  private final RaceRecorder recorder;

  /** The look-up; null before it. Written by the thread of the race that asks. */
  private volatile Query asked;

  /** The first address that may be raced; null while there is none. Guarded by this monitor. */
  private InetAddress given;

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
    recorder.asked(Literals.isLiteral(host) ? Set.of(Question.BOTH) : resolver.questions());
    AtomicBoolean over = new AtomicBoolean();
    Query query =
        resolver.resolve(
            host,
            new Listener() {
              @Override
              public void answer(Question question, List<InetAddress> addresses) {
                List<InetAddress> nameless = nameless(addresses);
                CandidateSieve.Sifted sifted = sift(nameless);
                recorder.answered(question, nameless, sifted);
                if (!over.get()) {
                  listener.answer(question, sifted.allowed());
                }
              }

              @Override
              public void failure(Question question, Throwable cause) {
                recorder.unanswered(question);
                if (!over.get()) {
                  listener.failure(question, cause);
                }
              }
            });
    asked = query;
    return new Query() {
      @Override
      public void cancel() {
        over.set(true);
      }

      @Override
      public boolean isQueued() {
        return query.isQueued();
      }
    };
  }

  /** Answers of several questions are sifted as if they were one. */
  private synchronized CandidateSieve.Sifted sift(List<InetAddress> answer) {
    CandidateSieve.Sifted sifted = sieve.sift(given, answer);
    if (given == null && !sifted.allowed().isEmpty()) {
      given = sifted.allowed().get(0);
    }
    return sifted;
  }

  /** Gives up what has not been answered. */
  void end() {
    Query begun = asked;
    if (begun != null) {
      begun.cancel();
    }
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
