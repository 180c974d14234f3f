package io.heagent.dns;

import io.heagent.engine.address.Literals;
import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;

/**
 * Asks DNS servers directly: for each name it sends the AAAA and then the A query, one right after
 * the other, and does not block (RFC 8305 section 3). It does not find names that only the system
 * knows (through other sources of nsswitch, mDNS, or resolver providers of the JDK). Literals are
 * answered during the call, without a query. Thread-safe.
 *
 * <p>Listeners are called on dnsjava's threads. The addresses of an answer carry the host name as
 * the caller wrote it. A look-up that cannot be made or fails ends with an {@link
 * java.net.UnknownHostException} whose cause is dnsjava's exception.
 */
public final class DnsResolver implements Resolver {
  private final LookupSession session;

  /** A resolver with the system's DNS servers, search list and hosts file. */
  public DnsResolver() {
    this(LookupSession.defaultBuilder().defaultHostsFileParser().build());
  }

  /**
   * A resolver with servers, time limits, search list and caches of the caller's choice.
   *
   * @param session not null; its own timeouts limit how long each query may take
   */
  public DnsResolver(LookupSession session) {
    this.session = session;
  }

  @Override
  public Set<Question> questions() {
    return Set.of(Question.IPV6, Question.IPV4);
  }

  @Override
  public Query resolve(String host, Listener listener) {
    if (Literals.isLiteral(host)) {
      answerLiteral(host, listener);
      return () -> {};
    }
    List<PendingAnswer> pending = new ArrayList<>(2);
    pending.add(new PendingAnswer(host, Question.IPV6, listener));
    pending.add(new PendingAnswer(host, Question.IPV4, listener));
    try {
      Name name = Name.fromString(IDN.toASCII(host));
      session.lookupAsync(name, Type.AAAA).whenComplete(pending.get(0));
      session.lookupAsync(name, Type.A).whenComplete(pending.get(1));
    } catch (TextParseException | RuntimeException unspeakable) {
      pending.forEach(answer -> answer.fail(unknown(host, unspeakable)));
    }
    return () -> pending.forEach(PendingAnswer::cancel);
  }

  static UnknownHostException unknown(String host, Throwable cause) {
    UnknownHostException unknown = new UnknownHostException(host + ": " + cause.getMessage());
    unknown.initCause(cause);
    return unknown;
  }

  private static void answerLiteral(String host, Listener listener) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(InetAddress.getAllByName(host));
    } catch (UnknownHostException | RuntimeException malformed) {
      listener.failure(Question.BOTH, malformed);
      return;
    }
    listener.answer(Question.BOTH, addresses);
  }
}
