package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.Ip;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandidateRulesTest {

  private static final String V4 = "192.0.2.";
  private static final String V6 = "2001:db8::";

  /** For an address that the program has chosen, so that its siblings are guarded. */
  private static CandidateRules guarded() {
    return Calls.to("192.0.2.1").rules();
  }

  private static CandidateRules of(RaceRule rule, InetAddress local) {
    return Calls.to("192.0.2.1").unvetted().rule(rule).local(local).rules();
  }

  /** Only the first has been dialled. */
  private static List<InetAddress> of(CandidateRules rules, InetAddress first, InetAddress[] all) {
    return rules.siblings(first, List.of(first), List.of(all));
  }

  private static List<InetAddress> all(CandidateRules rules, InetAddress[] all) {
    return rules.all(null, List.of(), List.of(all));
  }

  /** The requested address is dialled already; it never joins again, wherever it stands. */
  @Test
  void theOthersInTheirOrder() {
    InetAddress[] addresses = Ip.all(V4 + 1, V4 + 2, V4 + 3);
    assertEquals(Ip.list(V4 + 2, V4 + 3), of(guarded(), Ip.of(V4 + 1), addresses));
    assertEquals(Ip.list(V4 + 1, V4 + 2), of(guarded(), Ip.of(V4 + 3), addresses));
  }

  @Test
  void notAmongTheNamesAddressesIsPinned() {
    assertEquals(List.of(), of(guarded(), Ip.of(V4 + 9), Ip.all(V4 + 1, V4 + 2)));
    assertEquals(List.of(), of(guarded(), Ip.of(V4 + 9), Ip.all()));
  }

  @Test
  void aloneHasNoSiblings() {
    assertEquals(List.of(), of(guarded(), Ip.of(V4 + 1), Ip.all(V4 + 1)));
  }

  @Test
  void duplicatesGo() {
    assertEquals(
        Ip.list(V4 + 2), of(guarded(), Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V4 + 1, V4 + 2)));
  }

  @Test
  void familiesTakeTurnsAfterTheRequested() {
    InetAddress[] addresses = Ip.all(V4 + 1, V4 + 2, V4 + 3, V6 + 1, V6 + 2);
    assertEquals(Ip.list(V6 + 1, V4 + 2, V6 + 2, V4 + 3), of(guarded(), Ip.of(V4 + 1), addresses));
    assertEquals(Ip.list(V4 + 1, V6 + 1, V4 + 2, V4 + 3), of(guarded(), Ip.of(V6 + 2), addresses));
  }

  @Test
  void firstFamilyCountCountsTheRequested() {
    CandidateRules rules = of(Calls.firstFamilyCount(2), null);
    assertEquals(
        Ip.list(V4 + 2, V6 + 1, V4 + 3, V6 + 2),
        of(rules, Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V4 + 3, V6 + 1, V6 + 2)));
  }

  @Test
  void firstFamilyCountZeroKeepsTheOrder() {
    CandidateRules rules = of(Calls.firstFamilyCount(0), null);
    assertEquals(
        Ip.list(V4 + 2, V6 + 1, V6 + 2),
        of(rules, Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V6 + 1, V6 + 2)));
  }

  @Test
  void morePrivateOnesAreLeftOut() {
    InetAddress[] addresses =
        Ip.all("1.1.1.1", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "8.8.8.8");
    assertEquals(Ip.list("8.8.8.8"), of(guarded(), Ip.of("1.1.1.1"), addresses));
    assertEquals(
        Ip.list("fd00::1", "1.1.1.1", "8.8.8.8"), of(guarded(), Ip.of("10.0.0.1"), addresses));
  }

  /** The JDK's look-up gives an Inet6Address for an AAAA record ::ffff:127.0.0.1. */
  @Test
  void mappedAddressesAreAsPrivateAsWhatTheyStandFor() {
    InetAddress[] addresses = {
      Ip.of("203.0.113.1"),
      Ip.mapped("127.0.0.1"),
      Ip.mapped("169.254.169.254"),
      Ip.mapped("10.0.0.1"),
      Ip.mapped("0.0.0.0"),
      Ip.mapped("8.8.8.8")
    };
    assertEquals(List.of(addresses[5]), of(guarded(), Ip.of("203.0.113.1"), addresses));
  }

  /**
   * The program has not vetted an address, but even so no race may reach the address of a cloud's
   * metadata, which gives out credentials.
   */
  @Test
  void metadataIsNeverAnUnresolvedNamesSecondAddress() {
    CandidateRules rules = of(RaceRule.DEFAULT, null);
    InetAddress[] addresses = Ip.all("1.1.1.1", "168.63.129.16", "fd00:ec2::254", "8.8.8.8");
    assertEquals(Ip.list("1.1.1.1", "8.8.8.8"), all(rules, addresses));
    InetAddress[] alone = Ip.all("fd00:ec2::254", "169.254.169.254");
    assertEquals(Ip.list("fd00:ec2::254"), all(rules, alone));
  }

  /** RFC 8305, section 3: what comes late is woven in as if it had been there, minus the tried. */
  @Test
  void lateOnesAreWovenIn() {
    List<InetAddress> tried = Ip.list(V4 + 1, V4 + 2);
    List<InetAddress> all = Ip.list(V4 + 1, V4 + 2, V4 + 3, V4 + 4, V6 + 1, V6 + 2);
    CandidateRules rules = guarded();
    assertEquals(Ip.list(V6 + 1, V6 + 2, V4 + 3, V4 + 4), rules.siblings(tried.get(0), tried, all));
    assertEquals(Ip.list(V6 + 1, V6 + 2, V4 + 3, V4 + 4), rules.all(null, tried, all));
  }

  /** An unresolved name: no address was vetted. */
  @Test
  void withoutAGuardPrivateOnesJoin() {
    CandidateRules rules = of(RaceRule.DEFAULT, null);
    InetAddress[] addresses = Ip.all("1.1.1.1", "10.0.0.1", "127.0.0.1");
    assertEquals(Ip.list("10.0.0.1", "127.0.0.1"), of(rules, Ip.of("1.1.1.1"), addresses));
    assertEquals(Ip.list("1.1.1.1", "10.0.0.1", "127.0.0.1"), all(rules, addresses));
  }

  @Test
  void nobodyConnectsToNowhere() {
    CandidateRules rules = of(RaceRule.DEFAULT, null);
    assertEquals(
        Ip.list(V4 + 1), all(rules, Ip.all("0.0.0.0", "::", "224.0.0.1", "ff02::1", V4 + 1)));
  }

  @Test
  void allOfAnUnresolvedNameTakeTurns() {
    CandidateRules rules = of(RaceRule.DEFAULT, null);
    assertEquals(
        Ip.list(V6 + 1, V4 + 1, V6 + 2, V4 + 2),
        all(rules, Ip.all(V6 + 1, V6 + 2, V4 + 1, V4 + 2)));
  }

  /** The table's precedence puts ::1 before 127.0.0.1; what no source can reach goes last. */
  @Test
  void byRfc6724WhereTheSettingsSaySo() {
    InetAddress[] addresses = Ip.all("127.0.0.1", "::1", "127.0.0.2");
    CandidateRules rules = of(Calls.rfc6724(), null);
    assertEquals(Ip.list("::1", "127.0.0.1", "127.0.0.2"), all(rules, addresses));
    assertEquals(
        Ip.list("::1", "127.0.0.1", "127.0.0.2"),
        rules.siblings(addresses[0], List.of(), List.of(addresses)));
  }

  /**
   * The sockets of further attempts are bound as the program's is, so they cannot reach the other
   * family.
   */
  @Test
  void onlyTheFamilyTheProgramIsBoundTo() {
    InetAddress[] addresses = Ip.all(V4 + 1, V6 + 1, V4 + 2, V6 + 2);
    CandidateRules on4 = of(RaceRule.DEFAULT, Ip.of("192.0.2.100"));
    CandidateRules on6 = of(RaceRule.DEFAULT, Ip.of("2001:db8::100"));
    assertEquals(Ip.list(V4 + 2), of(on4, Ip.of(V4 + 1), addresses));
    assertEquals(Ip.list(V6 + 1, V6 + 2), all(on6, addresses));
  }

  @Test
  void scopeIdsAreKept() {
    InetAddress wanted = Ip.scoped("host.example", "fe80::1", 7);
    CandidateRules rules = of(RaceRule.DEFAULT, null);
    List<InetAddress> found = of(rules, Ip.of(V4 + 1), new InetAddress[] {Ip.of(V4 + 1), wanted});
    assertSame(wanted, found.get(0));
    assertEquals(7, ((Inet6Address) found.get(0)).getScopeId());
  }
}
