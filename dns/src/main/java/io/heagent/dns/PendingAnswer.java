package io.heagent.dns;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * One question that has been sent. Its listener gets exactly one event, or none if the caller gives
 * up first.
 */
final class PendingAnswer implements BiConsumer<LookupResult, Throwable> {
  private final String host;
  private final Question question;
  private final Resolver.Listener listener;

  /** Set by the first of the two: the thread with the answer, or the caller that gives up. */
  private final AtomicBoolean over = new AtomicBoolean();

  PendingAnswer(String host, Question question, Resolver.Listener listener) {
    this.host = host;
    this.question = question;
    this.listener = listener;
  }

  void cancel() {
    over.set(true);
  }

  @Override
  public void accept(LookupResult result, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NoSuchRRSetException) {
      // The name exists but has no addresses of this family: that is an empty answer, not a
      // failure.
      answer(List.of());
    } else if (cause != null) {
      fail(DnsResolver.unknown(host, cause));
    } else {
      answer(addresses(result));
    }
  }

  void fail(Throwable cause) {
    if (over.compareAndSet(false, true)) {
      listener.failure(question, cause);
    }
  }

  private void answer(List<InetAddress> addresses) {
    if (over.compareAndSet(false, true)) {
      listener.answer(question, addresses);
    }
  }

  private List<InetAddress> addresses(LookupResult result) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Record found : result.getRecords()) {
      if (found instanceof AAAARecord ipv6) {
        addresses.add(named(ipv6.getAddress()));
      } else if (found instanceof ARecord ipv4) {
        addresses.add(named(ipv4.getAddress()));
      }
    }
    return addresses;
  }

  /**
   * The address with the host name that the caller asked for. That of dnsjava's record ends with a
   * dot, and is the last one of a chain of aliases.
   */
  private InetAddress named(InetAddress address) {
    try {
      return InetAddress.getByAddress(host, address.getAddress());
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible); // 4 or 16 bytes are always an address
    }
  }
}
