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
 * {@code resolve=fast}: {@code InetAddress.getByName}, and with it {@code new
 * InetSocketAddress(host, port)}, gives the first address as soon as it is known and does not wait
 * for the family that is late. {@code getAllByName} waits as ever.
 *
 * <p>Under the JDK's default order that is the first IPv4 address, whatever IPv6 addresses are
 * still to come: the result is the same. Where IPv6 addresses are to be first, or the system's
 * order counts, IPv4 is waited for no longer than IPv6 plus the Resolution Delay. What is late
 * reaches the JDK's cache, and races that have begun by then.
 */
public final class FastGetByName {

  /**
   * So late an answer for IPv4 counts as lost under an order that puts IPv4 first. Much longer than
   * the Resolution Delay: nobody asked for another family, and a busy machine is no broken network.
   */
  private static final long LOST_NANOS = 1_000_000_000L;

  private final NameLookups names;

  public FastGetByName(NameLookups names) {
    this.names = names;
  }

  /**
   * Looks up.
   *
   * @return null where the JDK is to look up as ever
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
    // Until the whole answer has come, races join this look-up.
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
          // That there is no hope is no event.
          lookup.await(known, Math.min(left, SharedLookup.PATIENCE_NANOS));
        } catch (InterruptedException e) {
          // As in the JDK: no look-up is interrupted.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Checks of permissions are the JDK's business, on the thread that asks. */
  @SuppressWarnings("removal") // of use up to JDK 23: JEP 486
  private static boolean isSecured() {
    return System.getSecurityManager() != null;
  }

  /** How long to wait for a better address than the first one known; none if there is no better. */
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
    // A host without IPv6 is not to be sent there.
    return left <= 0 && new SourceAddresses().apply(first) == null ? Long.MAX_VALUE : left;
  }

  /** With the resolver's own words, as the JDK does. */
  private static UnknownHostException unknown(String host, List<Throwable> causes) {
    Throwable cause = causes.isEmpty() ? null : causes.get(0);
    boolean said = cause instanceof UnknownHostException && cause.getMessage() != null;
    return StackTraceCleaner.cleaned(new UnknownHostException(said ? cause.getMessage() : host));
  }
}
