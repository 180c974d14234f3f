package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule.Scope;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.RacingClients;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.Stderr;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Statistics;
import io.heagent.engine.coordination.RefusalStreaks;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told of siblings that the guard has kept out. */
class SiblingLinesTest {

  private static final String PUBLIC = "2606:4700::1";
  private static final String END =
      ", and nothing says that the name is this site's own; scope=any allows it, scope=strict"
          + " silences this line";

  private final FakeSite site = new FakeSite();
  private final Stderr stderr = new Stderr();
  private SiblingGuard guard = site.guard();

  @AfterEach
  void close() {
    stderr.close();
  }

  /** A race whose first address has failed, so that it takes every other one. */
  private void race(String host, Scope scope, String... all) {
    CandidateServices services =
        new CandidateServices(guard, null, new RefusalStreaks(), new RacingClients(null), null);
    InetAddress[] known = Ip.all(all);
    ConnectCall call =
        Calls.to(known[0])
            .host(host, 443)
            .rule(Calls.scope(scope))
            .services(services)
            .known(known)
            .call();
    CandidateSource source = new CandidateSource(services, call, known[0], null);
    source.isKnown();
    while (!site.reads.isEmpty()) {
      site.reads.remove(0).run();
    }
    assertTrue(source.isKnown());
    while (source.next() != null) {
      assertTrue(source.isKnown());
    }
  }

  @Test
  void onePrivateSiblingOfAStrangersName() {
    race("db.example.com", Scope.AUTO, PUBLIC, "10.0.0.1");
    assertEquals(
        List.of(
            "[he-agent] db.example.com:443: [2606:4700::1] failed or was late, and 10.0.0.1 was not"
                + " tried: private"
                + END),
        stderr.lines());
  }

  /** This host itself is left out for any name, so nobody could do anything about it. */
  @Test
  void onlyThoseThatScopeWouldAllowAreNamed() {
    race("db.example.com", Scope.AUTO, PUBLIC, "127.0.0.1", "10.0.0.1", "fd00::1");
    assertEquals(
        List.of(
            "[he-agent] db.example.com:443: [2606:4700::1] failed or was late, and 10.0.0.1,"
                + " [fd00::1] were not tried: private"
                + END),
        stderr.lines());
  }

  @Test
  void eachNameIsToldOfOnce() {
    for (int i = 0; i < 2; i++) {
      race("a.example.com", Scope.AUTO, PUBLIC, "10.0.0.1");
      race("b.example.com", Scope.AUTO, PUBLIC, "10.0.0.1");
    }
    assertEquals(2, stderr.lines().size());
  }

  @Test
  void nothingIsSaidWhereNobodyCouldChangeIt() {
    race("db.example.com", Scope.AUTO, PUBLIC, "127.0.0.1");
    race("db.example.com", Scope.STRICT, PUBLIC, "10.0.0.1");
    race("db.example.com", Scope.ANY, PUBLIC, "10.0.0.1");
    race("db.corp.example", Scope.AUTO, PUBLIC, "10.0.0.1");
    race("db.example.com", Scope.AUTO, PUBLIC, "2606:4700::2");
    assertEquals(List.of(), stderr.lines());
  }

  @Test
  void whoLooksForAFaultIsToldWhyEachWasLeftOut() {
    Log.setLevel(Log.Level.DEBUG);
    race("db.example.com", Scope.STRICT, PUBLIC, "10.0.0.1", "169.254.169.254");
    assertEquals(
        List.of(
            "[he-agent] db.example.com:443: 10.0.0.1 is not tried: it is private, and"
                + " [2606:4700::1], which was asked for, is not (scope=strict)",
            "[he-agent] db.example.com:443: 169.254.169.254 is not tried: it is a cloud's"
                + " metadata service, which no connect is led to"),
        stderr.lines());
  }

  @Test
  void addressesLeftOutAreCounted() {
    Observer observer = new Observer(() -> {});
    guard = new SiblingGuard(new FakeNetwork(), observer);
    race("db.example.com", Scope.STRICT, PUBLIC, "10.0.0.1", "127.0.0.1", "2606:4700::2");
    assertEquals(2, new Statistics(observer, null).guardRefusals());
  }
}
