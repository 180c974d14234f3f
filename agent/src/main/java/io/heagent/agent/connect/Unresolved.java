package io.heagent.agent.connect;

import io.heagent.agent.log.StackTraceCleaner;
import io.heagent.engine.resolve.SharedLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import sun.nio.ch.HeCache;
import sun.nio.ch.HeJdk;

/** Looks up the name of an unresolved address, which the JDK would refuse to connect to. */
final class Unresolved {

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  private Unresolved() {}

  /**
   * Resolves the call's name within the caller's timeout, as far as the race can begin: what comes
   * later joins it.
   *
   * @return false where there is no such name: the JDK's own path throws its own exception
   * @throws AsynchronousCloseException where the JDK itself would tell of a channel closed before
   */
  static boolean resolve(ConnectCall call) throws AsynchronousCloseException {
    InetAddress[] cached = HeCache.cachedAddresses(call.host);
    if (cached != null) {
      return resolved(call, cached);
    }
    SharedLookup.Interest interest = Lookups.join(call.host);
    try {
      return resolve(call, interest.lookup());
    } finally {
      interest.leave();
    }
  }

  static boolean resolve(ConnectCall call, SharedLookup lookup) throws AsynchronousCloseException {
    SharedLookup.Known known = await(call, lookup);
    if (known == null) {
      if (call.socket.kind() == SocketKind.CHANNEL && call.trouble == ConnectCall.Trouble.NONE) {
        throw StackTraceCleaner.cleaned(new AsynchronousCloseException());
      }
      call.remote = placeholder(call);
      return call.remote != null;
    }
    List<InetAddress> usable = usable(call, known);
    if (!usable.isEmpty()) {
      call.lookup = lookup;
      begin(call, usable);
      return true;
    }
    // Only an answer says that there is no such name. By now the look-up may have got the thread
    // for want of which this call has given up waiting for it: that is no answer.
    boolean answered = known.done() && !known.isBroken();
    return !answered && resolveHere(call);
  }

  private static List<InetAddress> usable(ConnectCall call, SharedLookup.Known known) {
    return known.settled() ? Siblings.usable(call, known.addresses()) : List.of();
  }

  /**
   * On the caller's own thread, as every look-up without the agent: too many others hang or wait.
   * Neither a close nor an interrupt can end this one: the JDK would take a {@code
   * jdk.net.hosts.file} for empty that an interrupted thread reads.
   */
  private static boolean resolveHere(ConnectCall call) {
    boolean interrupted = Thread.interrupted();
    try {
      return resolved(call, InetAddress.getAllByName(call.host));
    } catch (UnknownHostException | SecurityException none) {
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean resolved(ConnectCall call, InetAddress[] addresses) {
    List<InetAddress> usable = Siblings.usable(call, List.of(addresses));
    if (usable.isEmpty()) {
      return false;
    }
    call.known = addresses;
    begin(call, usable);
    return true;
  }

  private static void begin(ConnectCall call, List<InetAddress> usable) {
    // Nobody has vetted an address here, so the scope guard has nothing to compare with; it only
    // keeps the first address from leading to a metadata service.
    List<InetAddress> woven = Siblings.all(call, List.of(), usable);
    call.requested = woven.get(0);
    call.remote = new InetSocketAddress(call.requested, call.port);
    Plan.begin(call, woven);
  }

  /**
   * The same for a channel that must not wait: without a look-up the race begins with nothing, and
   * goes on when the look-up, on another thread, has an answer. One that is refused waits its turn.
   */
  static boolean prepare(ConnectCall call) {
    InetAddress[] cached = HeCache.cachedAddresses(call.host);
    if (cached != null && cached.length > 0) {
      return resolved(call, cached);
    }
    call.known = cached;
    call.unknown = true;
    call.remote = placeholder(call);
    return call.remote != null;
  }

  /**
   * Waits until the race can begin, or the look-up has ended, or there is no use in waiting for it.
   *
   * @return what was known then; null where the caller's timeout, close or interrupt came first
   */
  private static SharedLookup.Known await(ConnectCall call, SharedLookup lookup) {
    // As in the JDK: an interrupt ends the connect of a channel and that of a virtual thread, not
    // that of a socket on a platform thread.
    boolean interruptible = call.socket.kind() != SocketKind.SOCKET || HeJdk.isVirtualThread();
    boolean interrupted = false;
    try {
      while (call.socket.isOpen()) {
        SharedLookup.Known known = lookup.known();
        if (!usable(call, known).isEmpty() || known.done() || lookup.isHopeless()) {
          return known;
        }
        long left =
            call.deadline == ConnectCall.NEVER
                ? CLOSE_CHECK_NANOS
                : Math.min(CLOSE_CHECK_NANOS, call.deadline - System.nanoTime());
        if (left <= 0) {
          call.trouble = ConnectCall.Trouble.TIMED_OUT;
          return null;
        }
        try {
          lookup.await(known, left);
        } catch (InterruptedException e) {
          interrupted = true;
          if (interruptible) {
            call.trouble = ConnectCall.Trouble.INTERRUPTED;
            return null;
          }
        }
      }
      return null;
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
  static InetSocketAddress placeholder(ConnectCall call) {
    try {
      byte[] documentation = {(byte) 192, 0, 2, 1};
      return new InetSocketAddress(InetAddress.getByAddress(call.host, documentation), call.port);
    } catch (UnknownHostException impossible) {
      return null;
    }
  }
}
