package io.heagent.agent.connect.admission;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.call.KnownAddresses;
import io.heagent.agent.connect.call.SocketKind;
import io.heagent.agent.connect.call.TargetResolution;
import io.heagent.agent.connect.candidates.CandidateRules;
import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.order.DialOrder;
import io.heagent.engine.resolve.shared.Known;
import io.heagent.engine.resolve.shared.LookupInterest;
import io.heagent.engine.resolve.shared.LookupSource;
import io.heagent.engine.resolve.shared.SharedLookup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
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
   * Resolves the name within the caller's timeout, until the race can begin; later answers join the
   * race. For a channel that does not block this does not wait: if a look-up is needed, the race
   * begins without an address, and goes on when the look-up, on another thread, has an answer.
   */
  TargetResolution resolve() {
    InetAddress[] cached = HeCache.cachedAddresses(request.host());
    if (request.socket().isNonBlocking()) {
      return prepare(cached);
    } else if (cached != null) {
      return resolved(cached);
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
      return new TargetResolution.NotYet(new KnownAddresses.Cached(cached));
    }
    return resolved(cached);
  }

  private TargetResolution resolved(InetAddress[] addresses) {
    List<InetAddress> usable = rules.usable(List.of(addresses));
    return usable.isEmpty()
        ? new TargetResolution.NoSuchName()
        : begin(new KnownAddresses.Cached(addresses), usable);
  }

  private TargetResolution begin(KnownAddresses known, List<InetAddress> usable) {
    // The program has checked no address, so the scope guard has nothing to compare with; it only
    // keeps the race from leading to a metadata service.
    return new TargetResolution.Resolved(known, rules.all(null, List.of(), usable));
  }

  /**
   * Waits until the race can begin, the look-up has ended, or the look-up is hopeless. Only an
   * answer of the resolver may mean that there is no such name.
   */
  TargetResolution resolve(SharedLookup lookup) {
    // As in the JDK, an interrupt ends the connect of a channel, and that of a virtual thread, but
    // not that of a socket on a platform thread.
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
   * Looks up on the caller's own thread, as the JDK does without the agent, because too many other
   * look-ups hang or wait. Neither a close nor an interrupt ends this look-up. The interrupt is
   * held back meanwhile: the JDK takes a {@code jdk.net.hosts.file} for empty if an interrupted
   * thread reads it.
   */
  private TargetResolution resolveHere() {
    boolean interrupted = Thread.interrupted();
    try {
      return resolved(InetAddress.getAllByName(request.host()));
    } catch (UnknownHostException | SecurityException none) {
      return new TargetResolution.NoSuchName();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The exception that the JDK throws for a channel that is closed before it connects. */
  static IOException closed() {
    return StackTraceCleaner.cleaned(new AsynchronousCloseException());
  }

  /**
   * A resolved address that is never dialled. With it the JDK's connect gets far enough to report
   * the close, the interrupt or the timeout itself. 192.0.2.1 is reserved for documentation (RFC
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
