package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.address.Ip;
import io.heagent.engine.time.VirtualTime;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties that hold for every schedule of connects. */
class RegistryPropertiesTest {
  private static final long MS = 1_000_000L;
  private static final long LEAST = 250 * MS;
  private static final String[] HOSTS = {"a", "b", "c"};
  private static final List<InetAddress> ADDRESSES =
      Ip.list("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1");

  private record Pending(String host, long timeoutNanos, Ticket ticket) {}

  /** A few threads' connects to a few names, which begin and end in any order. */
  private static final class Run {
    final EndpointRegistry registry = new EndpointRegistry(new VirtualTime());
    final List<Pending> pending = new ArrayList<>();
    final Map<String, Set<InetAddress>> everFailed = new HashMap<>();
    final Random random;
    long now;

    Run(long seed) {
      random = new Random(seed);
      now = random.nextLong();
    }

    void steps(int count) {
      for (int i = 0; i < count; i++) {
        now += random.nextInt(4) == 0 ? random.nextInt(600) * MS : random.nextInt(3) * MS;
        if (random.nextBoolean()) {
          begin();
        } else if (!pending.isEmpty()) {
          end(pending.remove(random.nextInt(pending.size())));
        }
      }
    }

    private InetAddress address() {
      return ADDRESSES.get(random.nextInt(ADDRESSES.size()));
    }

    private void begin() {
      String host = HOSTS[random.nextInt(HOSTS.length)];
      long timeout = random.nextBoolean() ? 0 : (1 + random.nextInt(2_000)) * MS;
      Ticket ticket = new Ticket(address(), random.nextBoolean(), random.nextInt(4), timeout);
      Pending begun = new Pending(host, timeout, registry.begin(host, 443, ticket, LEAST, now));
      check(begun);
      pending.add(begun);
    }

    private void check(Pending begun) {
      Ticket ticket = begun.ticket();
      long timeout = begun.timeoutNanos();
      assertTrue(ticket.timeoutNanos() <= timeout);
      assertTrue(ticket.timeoutNanos() >= Math.min(timeout, LEAST));
      assertEquals(timeout - ticket.timeoutNanos(), ticket.shortenedNanos());
      Set<InetAddress> failed = everFailed.getOrDefault(begun.host(), Set.of());
      assertTrue(failed.containsAll(ticket.excluded()), "only what has failed is left out");
      assertEquals(ticket.excluded().size(), new HashSet<>(ticket.excluded()).size());
      if (ticket.blocking) {
        assertFalse(ticket.standsDown());
        assertEquals(!ticket.excluded().isEmpty(), ticket.group() == null);
      } else {
        assertEquals(timeout, ticket.timeoutNanos());
        assertEquals(null, ticket.group());
        assertFalse(ticket.isFollower());
      }
    }

    private void end(Pending ended) {
      if (ended.ticket().blocking) {
        assertFalse(ended.ticket().standsDown());
      }
      registry.end(ended.ticket(), outcome(ended), now);
      if (random.nextInt(4) == 0) {
        int known = registry.size();
        registry.end(ended.ticket(), outcome(ended), now);
        assertEquals(known, registry.size());
      }
    }

    private ConnectOutcome outcome(Pending ended) {
      int kind = random.nextInt(6);
      if (kind == 0) {
        return ConnectOutcome.CONNECTED;
      } else if (kind == 1) {
        return ConnectOutcome.UNKNOWN;
      }
      List<InetAddress> tried = new ArrayList<>(List.of(ended.ticket().requested));
      Map<InetAddress, Long> unanswered = new HashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        tried.add(address());
        unanswered.put(address(), random.nextInt(2_000) * MS);
      }
      everFailed.computeIfAbsent(ended.host(), any -> new HashSet<>()).addAll(tried);
      long late = (random.nextInt(2_000) - 500) * MS;
      ConnectOutcome outcome = ConnectOutcome.failed(tried, unanswered, late);
      outcome = kind == 2 ? outcome.ofRacingClient() : outcome;
      return kind == 3 && !ended.ticket().blocking ? outcome.afterClose() : outcome;
    }

    void endAll() {
      while (!pending.isEmpty()) {
        end(pending.remove(random.nextInt(pending.size())));
      }
    }
  }

  @Property(tries = 1000)
  void nothingIsLeftOnceAllHaveEndedAndTheirSequencesAreOver(@ForAll long seed) {
    Run run = new Run(seed);
    run.steps(60);
    run.endAll();
    assertTrue(run.registry.size() <= HOSTS.length);
    run.now += FailoverSequence.PAUSE_NANOS;
    Ticket start = new Ticket(Ip.of("192.0.2.9"), true, 1, 0);
    run.registry.end(
        run.registry.begin("last", 1, start, LEAST, run.now),
        ConnectOutcome.failed(List.of(start.requested), Map.of(), 0),
        run.now);
    assertEquals(1, run.registry.size(), "only the one that may go on yet");
  }

  /**
   * A name without a connect for a second is treated like a name never seen, whatever else is in
   * flight.
   */
  @Property(tries = 1000)
  void whatIsOverForLongSaysNothing(@ForAll long seed) {
    Run run = new Run(seed);
    run.steps(60);
    run.endAll();
    run.now += PendingConnects.TELLING_NANOS;
    for (String host : HOSTS) {
      for (boolean blocking : new boolean[] {true, false}) {
        Ticket start = new Ticket(ADDRESSES.get(0), blocking, 1, 1_000 * MS);
        Ticket ticket = run.registry.begin(host, 443, start, LEAST, run.now);
        assertEquals(List.of(), ticket.excluded());
        assertEquals(1_000 * MS, ticket.timeoutNanos());
        assertFalse(ticket.isFollower());
        assertFalse(ticket.standsDown());
        run.registry.end(ticket, ConnectOutcome.CONNECTED, run.now);
      }
    }
  }

  /**
   * Until the address answers, 32 of the connects in flight dial, whichever have ended meanwhile.
   */
  @Property(tries = 200)
  void asManyLeadAsThereIsRoomFor(@ForAll long seed) {
    Random random = new Random(seed);
    EndpointRegistry registry = new EndpointRegistry(new VirtualTime());
    List<Ticket> inFlight = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      if (inFlight.isEmpty() || random.nextInt(3) > 0) {
        Ticket start = new Ticket(ADDRESSES.get(0), true, i, 0);
        Ticket ticket = registry.begin("host", 443, start, LEAST, 0);
        assertEquals(inFlight.size() >= DialGroup.LEADERS, ticket.isFollower());
        inFlight.add(ticket);
      } else {
        Ticket ended = inFlight.remove(random.nextInt(inFlight.size()));
        registry.end(ended, ConnectOutcome.UNKNOWN, 0);
      }
    }
    inFlight.forEach(ticket -> registry.end(ticket, ConnectOutcome.UNKNOWN, 0));
    assertEquals(0, registry.size());
  }
}
