package io.heagent.agent.connect;

import io.heagent.engine.address.AddressWeave;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import sun.nio.ch.HeHook;
import sun.nio.ch.HeJdk;

/** Looks up the name of an unresolved address, which the JDK would refuse to connect to. */
final class Unresolved {

  private static final long CLOSE_CHECK_NANOS = 50_000_000L;

  private Unresolved() {}

  /**
   * Resolves the call's name within the caller's timeout.
   *
   * @return false where there is no such name: the JDK's own path throws its own exception
   */
  static boolean resolve(ConnectCall call) {
    InetAddress[] addresses = HeJdk.cachedAddresses(call.host);
    if (addresses == null) {
      Lookup lookup = Lookup.start(call.host, () -> {});
      if (lookup == null) {
        return false;
      }
      if (!await(call, lookup)) {
        call.remote = placeholder(call);
        return call.remote != null;
      }
      addresses = lookup.addresses();
    }
    return resolved(call, addresses);
  }

  private static boolean resolved(ConnectCall call, InetAddress[] addresses) {
    List<InetAddress> usable = Siblings.usable(call, List.of(addresses));
    if (usable.isEmpty()) {
      return false;
    }
    // Nobody has vetted an address here, so the scope guard has nothing to compare with.
    InetAddress first = AddressWeave.weave(usable, call.rule.firstFamilyCount()).get(0);
    call.remote = new InetSocketAddress(first, call.port);
    call.known = addresses;
    return true;
  }

  /**
   * The same for a channel that must not wait: without a look-up the race begins with nothing, and
   * goes on when the look-up, on another thread, has an answer.
   */
  static boolean prepare(ConnectCall call) {
    InetAddress[] addresses = HeJdk.cachedAddresses(call.host);
    if (addresses != null) {
      return resolved(call, addresses);
    }
    call.unknown = true;
    call.remote = placeholder(call);
    return call.remote != null;
  }

  /** Waits for the look-up; false where the caller's timeout, close or interrupt came first. */
  private static boolean await(ConnectCall call, Lookup lookup) {
    // As in the JDK: an interrupt ends the connect of a channel and that of a virtual thread, not
    // that of a socket on a platform thread.
    boolean interruptible = call.kind != HeHook.SOCKET || HeJdk.isVirtualThread();
    boolean interrupted = false;
    try {
      while (HeJdk.isOpen(call.impl)) {
        long left =
            call.deadline == ConnectCall.NEVER
                ? CLOSE_CHECK_NANOS
                : Math.min(CLOSE_CHECK_NANOS, call.deadline - System.nanoTime());
        if (left <= 0) {
          call.trouble = ConnectCall.Trouble.TIMED_OUT;
          return false;
        }
        try {
          if (lookup.await(left)) {
            return true;
          }
        } catch (InterruptedException e) {
          interrupted = true;
          if (interruptible) {
            call.trouble = ConnectCall.Trouble.INTERRUPTED;
            return false;
          }
        }
      }
      return false;
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
