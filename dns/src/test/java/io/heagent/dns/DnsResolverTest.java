package io.heagent.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.resolve.Question;
import io.heagent.engine.resolve.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.lookup.LookupSession;

/** {@link DnsResolver} against a real DNS server on loopback. */
@Tag("socket")
@Timeout(60)
class DnsResolverTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TinyDnsServer server;
  private DnsResolver resolver;
  private final Events events = new Events();

  /** The events that a listener got, in order. */
  private static final class Events implements Resolver.Listener {
    private final BlockingQueue<Event> all = new LinkedBlockingQueue<>();

    private record Event(Question question, List<InetAddress> addresses, Throwable cause) {}

    @Override
    public void answer(Question question, List<InetAddress> addresses) {
      all.add(new Event(question, addresses, null));
    }

    @Override
    public void failure(Question question, Throwable cause) {
      all.add(new Event(question, null, cause));
    }

    Event next() throws InterruptedException {
      Event event = all.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertTrue(event != null, "no event");
      return event;
    }

    /** The event of one question, out of two events that come in any order. */
    static Event of(Question question, Event one, Event other) {
      return one.question() == question ? one : other;
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = new TinyDnsServer();
    SimpleResolver toServer = new SimpleResolver(server.address());
    toServer.setTimeout(Duration.ofSeconds(2));
    resolver = new DnsResolver(LookupSession.builder().resolver(toServer).build());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksBothFamiliesApart() throws Exception {
    server.record("both.test.", "A", "192.0.2.1").record("both.test.", "AAAA", "2001:db8::1");
    assertEquals(Set.of(Question.IPV6, Question.IPV4), resolver.questions());
    resolver.resolve("both.test", events);
    Events.Event one = events.next();
    Events.Event other = events.next();
    Events.Event ipv6 = Events.of(Question.IPV6, one, other);
    Events.Event ipv4 = Events.of(Question.IPV4, one, other);
    assertEquals(List.of(InetAddress.getByName("2001:db8::1")), ipv6.addresses());
    assertEquals(List.of(InetAddress.getByName("192.0.2.1")), ipv4.addresses());
    assertEquals("both.test", ipv4.addresses().get(0).getHostName());
  }

  @Test
  void answerOfOneFamilyDoesNotWaitForTheOther() throws Exception {
    server.record("slow.test.", "A", "192.0.2.1").lose("slow.test.", "AAAA");
    resolver.resolve("slow.test", events);
    Events.Event first = events.next();
    assertEquals(Question.IPV4, first.question());
    assertEquals(List.of(InetAddress.getByName("192.0.2.1")), first.addresses());
    Events.Event second = events.next();
    assertEquals(Question.IPV6, second.question());
    assertInstanceOf(UnknownHostException.class, second.cause());
  }

  @Test
  void followsAliases() throws Exception {
    server
        .record("alias.test.", "CNAME", "real.test.")
        .record("alias.test.", "A", "192.0.2.9")
        .record("real.test.", "A", "192.0.2.9");
    resolver.resolve("alias.test", events);
    Events.Event one = events.next();
    Events.Event other = events.next();
    InetAddress found = Events.of(Question.IPV4, one, other).addresses().get(0);
    assertEquals("alias.test/192.0.2.9", found.toString());
  }

  @Test
  void nameWithoutAddressesIsAnEmptyAnswer() throws Exception {
    resolver.resolve("empty.test", events);
    assertEquals(List.of(), events.next().addresses());
    assertEquals(List.of(), events.next().addresses());
  }

  @ParameterizedTest
  @CsvSource({"NXDOMAIN", "SERVFAIL", "REFUSED"})
  void serversThatSayNoAreFailuresOfThatQuestion(String rcode) throws Exception {
    server.record("half.test.", "A", "192.0.2.1").rcode("half.test.", "AAAA", Rcode.value(rcode));
    resolver.resolve("half.test", events);
    Events.Event one = events.next();
    Events.Event other = events.next();
    Throwable cause = Events.of(Question.IPV6, one, other).cause();
    assertInstanceOf(UnknownHostException.class, cause);
    assertTrue(cause.getMessage().startsWith("half.test: "), cause.getMessage());
    assertEquals(1, Events.of(Question.IPV4, one, other).addresses().size());
  }

  @Test
  void literalsAreNeverAskedFor() throws Exception {
    resolver.resolve("192.0.2.7", events);
    Events.Event event = events.next();
    assertEquals(Question.BOTH, event.question());
    assertEquals(List.of(InetAddress.getByName("192.0.2.7")), event.addresses());
    assertFalse(server.wasAsked("192.0.2.7.", "A"));
  }

  @Test
  void internationalNamesAreAskedForInAscii() throws Exception {
    server.record("xn--bcher-kva.test.", "A", "192.0.2.1");
    resolver.resolve("b\u00fccher.test", events);
    Events.Event one = events.next();
    Events.Event other = events.next();
    assertEquals(1, Events.of(Question.IPV4, one, other).addresses().size());
  }

  @Test
  void nameThatIsNoneFailsBothQuestions() throws Exception {
    resolver.resolve("a..b.test", events);
    assertInstanceOf(UnknownHostException.class, events.next().cause());
    assertInstanceOf(UnknownHostException.class, events.next().cause());
  }

  @Test
  void nothingComesAfterCancel() throws Exception {
    server.lose("lost.test.", "AAAA").lose("lost.test.", "A");
    server.lose("later.test.", "AAAA").lose("later.test.", "A");
    resolver.resolve("lost.test", events).cancel();
    resolver.resolve("later.test", events);
    // Both queries end by the same timeout; the one that was given up would end first.
    assertTrue(events.next().cause().getMessage().startsWith("later.test"));
    assertTrue(events.next().cause().getMessage().startsWith("later.test"));
  }
}
