package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule.Scope;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.resolve.SiteFiles;
import io.heagent.engine.coordination.RefusalStreaks;
import io.heagent.engine.order.SiteNames;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code scope} lets a connect be led to. */
class SiblingGuardTest {

  private static final InetAddress[] ALL =
      Ip.all("2606:4700::1", "10.0.0.1", "fd00::1", "169.254.1.1", "127.0.0.1", "169.254.169.254");

  private final List<Runnable> reads = new ArrayList<>();
  private long now;

  private final SiblingGuard guard =
      new SiblingGuard(
          new SiteFiles(
              new SiteFiles.Site() {
                @Override
                public long now() {
                  return now;
                }

                @Override
                public void at(long nanos, Runnable task) {}

                @Override
                public void apart(Runnable task) {
                  reads.add(task);
                }

                @Override
                public SiteNames read() {
                  return SiteNames.of(List.of("search corp.example"), List.of());
                }
              }));

  private final CandidateServices services =
      new CandidateServices(guard, null, new RefusalStreaks(), new RacingClients(null), null);

  private ConnectCall call(String host, Scope scope, InetAddress[] known) {
    return Calls.to(known[0])
        .host(host, 443)
        .rule(Calls.scope(scope))
        .services(services)
        .known(known)
        .call();
  }

  private static List<InetAddress> rest(CandidateSource source) {
    assertTrue(source.isKnown());
    List<InetAddress> all = new ArrayList<>();
    for (InetAddress next; (next = source.next()) != null; ) {
      all.add(next);
    }
    return all;
  }

  private CandidateSource source(ConnectCall call) {
    return new CandidateSource(services, call, call.requested(), null);
  }

  @ParameterizedTest
  @CsvSource({
    "db, AUTO, 2",
    "db.corp.internal, AUTO, 2",
    "nas.home.arpa, AUTO, 2",
    "db.local, AUTO, 2",
    "db.internal, STRICT, 0",
    "db.internal, ANY, 4",
    "db.example.com, STRICT, 0",
    "db.example.com, ANY, 4"
  })
  void howManySiblingsMayBeEntered(String host, Scope scope, int siblings) {
    List<InetAddress> expected = new ArrayList<>(List.of(ALL).subList(1, 1 + siblings));
    List<InetAddress> seen = rest(source(call(host, scope, ALL)));
    assertEquals(siblings, seen.size());
    assertTrue(seen.containsAll(expected), seen::toString);
    assertEquals(List.of(), reads);
  }

  /** Until the files have been read, the race neither dials the private address nor ends. */
  @Test
  void raceWaitsForTheFilesButNotForLong() {
    CandidateSource source = source(call("db.corp.example", Scope.AUTO, ALL));
    assertFalse(source.isKnown());
    reads.remove(0).run();
    assertEquals(Ip.list("10.0.0.1", "fd00::1"), rest(source));
    now += SiteFiles.FRESH_NANOS;
    CandidateSource hanging = source(call("db.example.com", Scope.AUTO, ALL));
    assertFalse(hanging.isKnown());
    now += SiteFiles.PATIENCE_NANOS;
    assertEquals(List.of(), rest(hanging));
  }

  @Test
  void othersAreDialledMeanwhile() {
    InetAddress[] known = Ip.all("2606:4700::1", "10.0.0.1", "8.8.8.8");
    CandidateSource source = source(call("db.corp.example", Scope.AUTO, known));
    assertTrue(source.isKnown());
    assertEquals(Ip.of("8.8.8.8"), source.next());
    assertFalse(source.isKnown());
    reads.remove(0).run();
    assertEquals(Ip.list("10.0.0.1"), rest(source));
  }

  /** Nothing is read where the answer could change nothing. */
  @Test
  void filesAreReadOnlyForPrivateSiblings() {
    assertEquals(
        Ip.list("8.8.8.8"),
        rest(source(call("a.example", Scope.AUTO, Ip.all("1.1.1.1", "8.8.8.8", "127.0.0.1")))));
    assertEquals(
        Ip.list("10.0.0.2"),
        rest(source(call("a.example", Scope.AUTO, Ip.all("10.0.0.1", "10.0.0.2")))));
    assertEquals(List.of(), reads);
  }

  /** History, which puts a winner first, goes by the same guard. */
  @Test
  void planNeverWaits() {
    ConnectCall call = call("db.corp.example", Scope.AUTO, ALL);
    assertEquals(
        List.of(ALL[0]),
        CandidateRules.of(services, call).siblings(ALL[0], List.of(), List.of(ALL)));
    reads.remove(0).run();
    assertEquals(
        3, CandidateRules.of(services, call).siblings(ALL[0], List.of(), List.of(ALL)).size());
  }
}
