package io.heagent.agent.resolve;

import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.address.Literals;
import io.heagent.engine.host.SourceAddresses;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupSource;
import io.heagent.engine.resolve.shared.SharedLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import sun.nio.ch.HeCache;

/**
 * The setting {@code resolve=fast}: {@code InetAddress.getByName}, and with it {@code new
 * InetSocketAddress(host, port)}, returns the first address as soon as it is known and does not
 * wait for the answer of the slower family. {@code getAllByName} waits for both, as without the
 * agent.
 *
 * <p>Under the JDK's default order the first address is the first IPv4 address, whatever IPv6
 * addresses follow, so the result is the same. If IPv6 addresses come first, or the system's order
 * applies, this waits for IPv4 no longer than for IPv6 plus the Resolution Delay. An answer that
 * arrives later goes into the JDK's cache, and to the races that have begun by then.
 */
public final class FastGetByName {

  /**
   * If IPv4 comes first in the order, its answer counts as lost after this time. This is much
   * longer than the Resolution Delay, because the program did not ask for another family, and a
   * busy machine is not a broken network.
   */
  private static final long LOST_NANOS = 1_000_000_000L;

  private final NameLookups names;

  public FastGetByName(NameLookups names) {
    this.names = names;
  }

  /**
   * Looks a name up.
   *
   * @return the first address; null if the JDK must look the name up itself
   * @throws UnknownHostException if there is no such name
   */
  public InetAddress first(String host) throws UnknownHostException {
    if (host == null
        || Literals.isLiteral(host)
        || host.indexOf(0) >= 0
        || isSecured()
        || NameLookups.isOurThread()
        || HeCache.cachedAddresses(host) != null) {
      return null;
    }
    names.answerPrograms();
    // Until the whole answer is known, races join this look-up instead of using the last answer.
    names.lastAnswers().forget(host);
    LookupInterest interest = names.join(host, LookupSource.NOBODY);
    try {
      return first(interest.lookup());
    } finally {
      interest.leave();
    }
  }

  private InetAddress first(SharedLookup lookup) throws UnknownHostException {
    boolean interrupted = false;
    try {
      while (true) {
        Known known = lookup.known();
        if (lookup.isHopeless()) {
          return null;
        } else if (known.done() && known.addresses().isEmpty()) {
          throw unknown(lookup.host(), known.failures());
        }
        long left = stillToWait(known, lookup);
        if (left <= 0) {
          return known.addresses().get(0);
        }
        try {
          // No event reports that a look-up has become hopeless, so the wait is limited and the
          // loop asks again.
          lookup.await(known, Math.min(left, SharedLookup.PATIENCE_NANOS));
        } catch (InterruptedException e) {
          // An interrupt does not end a look-up, as in the JDK.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** If there is a security manager, the JDK must check permissions on the thread that asks. */
  @SuppressWarnings("removal") // of use up to JDK 23: JEP 486
  private static boolean isSecured() {
    return System.getSecurityManager() != null;
  }

  /**
   * How long to wait for a better address than the first known one; 0 if no better one can come.
   */
  private long stillToWait(Known known, SharedLookup lookup) {
    if (known.done()) {
      return 0;
    } else if (!known.settled() || known.addresses().isEmpty()) {
      return Long.MAX_VALUE;
    }
    InetAddress first = known.addresses().get(0);
    if (names.preferred() != Question.IPV4 || Question.IPV4.admits(first)) {
      return 0;
    }
    long left = LOST_NANOS - lookup.age();
    // A host without an IPv6 source address must not get an IPv6 address.
    return left <= 0 && new SourceAddresses().apply(first) == null ? Long.MAX_VALUE : left;
  }

  /** Makes the exception with the resolver's own message, as the JDK does. */
  private static UnknownHostException unknown(String host, List<Throwable> causes) {
    Throwable cause = causes.isEmpty() ? null : causes.get(0);
    boolean said = cause instanceof UnknownHostException && cause.getMessage() != null;
    return StackTraceCleaner.cleaned(new UnknownHostException(said ? cause.getMessage() : host));
  }
}
