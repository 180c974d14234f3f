package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.engine.order.DialOrder;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupSource;
import io.heagent.engine.resolve.shared.SharedLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import sun.nio.ch.HeCache;
import sun.nio.ch.HeJdk;

/** Looks up the name of an unresolved address, which the JDK would refuse to connect to. */
final class UnresolvedTarget {

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  private final ConnectRequest request;
  private final CandidateRules rules;

  UnresolvedTarget(ConnectRequest request, CandidateRules rules) {
    this.request = request;
    this.rules = rules;
  }

  /**
   * Resolves the name within the caller's timeout, as far as the race can begin: what comes later
   * joins it. For a channel that must not wait it does not: without a look-up the race begins with
   * nothing, and goes on when the look-up, on another thread, has an answer.
   */
  TargetResolution resolve() {
    InetAddress[] cached = HeCache.cachedAddresses(request.host());
    if (request.socket().isNonBlocking()) {
      return prepare(cached);
    } else if (cached != null) {
      return resolved(List.of(cached));
    }
    LookupInterest interest = rules.lookups().join(request.host(), LookupSource.NOBODY);
    try {
      return resolve(interest.lookup());
    } finally {
      interest.leave();
    }
  }

  private TargetResolution prepare(InetAddress[] cached) {
    if (cached == null) {
      return new TargetResolution.NotYet(new KnownAddresses.None());
    } else if (cached.length == 0) {
      return new TargetResolution.NotYet(new KnownAddresses.Cached(List.of()));
    }
    return resolved(List.of(cached));
  }

  private TargetResolution resolved(List<InetAddress> addresses) {
    List<InetAddress> usable = rules.usable(addresses);
    return usable.isEmpty()
        ? new TargetResolution.NoSuchName()
        : begin(new KnownAddresses.Cached(addresses), usable);
  }

  private TargetResolution begin(KnownAddresses known, List<InetAddress> usable) {
    // Nobody has vetted an address here, so the scope guard has nothing to compare with; it only
    // keeps the first address from leading to a metadata service.
    return new TargetResolution.Resolved(known, rules.all(null, List.of(), usable));
  }

  /**
   * Waits until the race can begin, or the look-up has ended, or there is no use in waiting for it.
   * Only an answer says that there is no such name.
   */
  TargetResolution resolve(SharedLookup lookup) {
    // As in the JDK: an interrupt ends the connect of a channel and that of a virtual thread, not
    // that of a socket on a platform thread.
    boolean interruptible = request.socket().kind() != SocketKind.SOCKET || HeJdk.isVirtualThread();
    boolean interrupted = false;
    long deadline = request.deadline();
    try {
      while (request.socket().isOpen()) {
        Known known = lookup.known();
        List<InetAddress> usable = known.settled() ? rules.usable(known.addresses()) : List.of();
        if (!usable.isEmpty()) {
          return begin(new KnownAddresses.Pending(lookup), usable);
        } else if (known.done() && !known.isBroken()) {
          return new TargetResolution.NoSuchName();
        } else if (known.done() || lookup.isHopeless()) {
          return resolveHere();
        }
        long left =
            deadline == DialOrder.NEVER
                ? CLOSE_CHECK_NANOS
                : Math.min(CLOSE_CHECK_NANOS, deadline - System.nanoTime());
        if (left <= 0) {
          return new TargetResolution.TimedOut();
        }
        try {
          lookup.await(known, left);
        } catch (InterruptedException e) {
          interrupted = true;
          if (interruptible) {
            return new TargetResolution.Interrupted();
          }
        }
      }
      return new TargetResolution.Closed();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * On the caller's own thread, as every look-up without the agent: too many others hang or wait.
   * Neither a close nor an interrupt can end this one: the JDK would take a {@code
   * jdk.net.hosts.file} for empty that an interrupted thread reads.
   */
  private TargetResolution resolveHere() {
    boolean interrupted = Thread.interrupted();
    try {
      return resolved(List.of(InetAddress.getAllByName(request.host())));
    } catch (UnknownHostException | SecurityException none) {
      return new TargetResolution.NoSuchName();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A resolved address that is never dialled: with it the JDK's connect gets far enough to tell of
   * the close, the interrupt or the timeout in its own way. 192.0.2.1 is for documentation (RFC
   * 5737).
   */
  static InetSocketAddress placeholder(ConnectRequest request) {
    byte[] documentation = {(byte) 192, 0, 2, 1};
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(request.host(), documentation), request.port());
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // four bytes are always an address
    }
  }
}
