package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.RaceRule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiblingsTest {

  private static final String V4 = "192.0.2.";
  private static final String V6 = "2001:db8::";

  /** Only the first has been dialled. */
  private static List<InetAddress> of(ConnectCall call, InetAddress first, InetAddress[] all) {
    call.requested = first;
    return Siblings.of(call, List.of(first), List.of(all));
  }

  private static List<InetAddress> all(ConnectCall call, InetAddress[] all) {
    return Siblings.all(call, List.of(), List.of(all));
  }

  /** The requested address is dialled already; it never joins again, wherever it stands. */
  @Test
  void theOthersInTheirOrder() {
    InetAddress[] addresses = Ip.all(V4 + 1, V4 + 2, V4 + 3);
    assertEquals(Ip.list(V4 + 2, V4 + 3), of(Calls.guarded(), Ip.of(V4 + 1), addresses));
    assertEquals(Ip.list(V4 + 1, V4 + 2), of(Calls.guarded(), Ip.of(V4 + 3), addresses));
  }

  @Test
  void notAmongTheNamesAddressesIsPinned() {
    assertEquals(List.of(), of(Calls.guarded(), Ip.of(V4 + 9), Ip.all(V4 + 1, V4 + 2)));
    assertEquals(List.of(), of(Calls.guarded(), Ip.of(V4 + 9), Ip.all()));
  }

  @Test
  void aloneHasNoSiblings() {
    assertEquals(List.of(), of(Calls.guarded(), Ip.of(V4 + 1), Ip.all(V4 + 1)));
  }

  @Test
  void duplicatesGo() {
    assertEquals(
        Ip.list(V4 + 2),
        of(Calls.guarded(), Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V4 + 1, V4 + 2)));
  }

  @Test
  void familiesTakeTurnsAfterTheRequested() {
    InetAddress[] addresses = Ip.all(V4 + 1, V4 + 2, V4 + 3, V6 + 1, V6 + 2);
    assertEquals(
        Ip.list(V6 + 1, V4 + 2, V6 + 2, V4 + 3), of(Calls.guarded(), Ip.of(V4 + 1), addresses));
    assertEquals(
        Ip.list(V4 + 1, V6 + 1, V4 + 2, V4 + 3), of(Calls.guarded(), Ip.of(V6 + 2), addresses));
  }

  @Test
  void firstFamilyCountCountsTheRequested() {
    ConnectCall call = Calls.call(Calls.firstFamilyCount(2), null);
    assertEquals(
        Ip.list(V4 + 2, V6 + 1, V4 + 3, V6 + 2),
        of(call, Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V4 + 3, V6 + 1, V6 + 2)));
  }

  @Test
  void firstFamilyCountZeroKeepsTheOrder() {
    ConnectCall call = Calls.call(Calls.firstFamilyCount(0), null);
    assertEquals(
        Ip.list(V4 + 2, V6 + 1, V6 + 2),
        of(call, Ip.of(V4 + 1), Ip.all(V4 + 1, V4 + 2, V6 + 1, V6 + 2)));
  }

  @Test
  void morePrivateOnesAreLeftOut() {
    InetAddress[] addresses =
        Ip.all("1.1.1.1", "10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "8.8.8.8");
    assertEquals(Ip.list("8.8.8.8"), of(Calls.guarded(), Ip.of("1.1.1.1"), addresses));
    assertEquals(
        Ip.list("fd00::1", "1.1.1.1", "8.8.8.8"),
        of(Calls.guarded(), Ip.of("10.0.0.1"), addresses));
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
    assertEquals(List.of(addresses[5]), of(Calls.guarded(), Ip.of("203.0.113.1"), addresses));
  }

  /** Nobody has vetted an address, but there is none that may lead to credentials. */
  @Test
  void metadataIsNeverAnUnresolvedNamesSecondAddress() {
    ConnectCall call = Calls.call(RaceRule.DEFAULT, null);
    InetAddress[] addresses = Ip.all("1.1.1.1", "168.63.129.16", "fd00:ec2::254", "8.8.8.8");
    assertEquals(Ip.list("1.1.1.1", "8.8.8.8"), all(call, addresses));
    InetAddress[] alone = Ip.all("fd00:ec2::254", "169.254.169.254");
    assertEquals(Ip.list("fd00:ec2::254"), all(call, alone));
  }

  /** RFC 8305, section 3: what comes late is woven in as if it had been there, minus the tried. */
  @Test
  void lateOnesAreWovenIn() {
    List<InetAddress> tried = Ip.list(V4 + 1, V4 + 2);
    List<InetAddress> all = Ip.list(V4 + 1, V4 + 2, V4 + 3, V4 + 4, V6 + 1, V6 + 2);
    ConnectCall call = Calls.guarded();
    call.requested = tried.get(0);
    assertEquals(Ip.list(V6 + 1, V6 + 2, V4 + 3, V4 + 4), Siblings.of(call, tried, all));
    assertEquals(
        Ip.list(V6 + 1, V6 + 2, V4 + 3, V4 + 4), Siblings.all(Calls.guarded(), tried, all));
  }

  /** An unresolved name: no address was vetted. */
  @Test
  void withoutAGuardPrivateOnesJoin() {
    ConnectCall call = Calls.call(RaceRule.DEFAULT, null);
    InetAddress[] addresses = Ip.all("1.1.1.1", "10.0.0.1", "127.0.0.1");
    assertEquals(Ip.list("10.0.0.1", "127.0.0.1"), of(call, Ip.of("1.1.1.1"), addresses));
    assertEquals(Ip.list("1.1.1.1", "10.0.0.1", "127.0.0.1"), all(call, addresses));
  }

  @Test
  void nobodyConnectsToNowhere() {
    ConnectCall call = Calls.call(RaceRule.DEFAULT, null);
    assertEquals(
        Ip.list(V4 + 1), all(call, Ip.all("0.0.0.0", "::", "224.0.0.1", "ff02::1", V4 + 1)));
  }

  @Test
  void allOfAnUnresolvedNameTakeTurns() {
    ConnectCall call = Calls.call(RaceRule.DEFAULT, null);
    assertEquals(
        Ip.list(V6 + 1, V4 + 1, V6 + 2, V4 + 2), all(call, Ip.all(V6 + 1, V6 + 2, V4 + 1, V4 + 2)));
  }

  /** The table's precedence puts ::1 before 127.0.0.1; what no source can reach goes last. */
  @Test
  void byRfc6724WhereTheSettingsSaySo() {
    InetAddress[] addresses = Ip.all("127.0.0.1", "::1", "127.0.0.2");
    ConnectCall call = Calls.call(Calls.rfc6724(), null);
    assertEquals(Ip.list("::1", "127.0.0.1", "127.0.0.2"), all(call, addresses));
    call.requested = addresses[0];
    assertEquals(
        Ip.list("::1", "127.0.0.1", "127.0.0.2"), Siblings.of(call, List.of(), List.of(addresses)));
  }

  /** Side sockets bind as the program's is bound: the other family is out of their reach. */
  @Test
  void onlyTheFamilyTheProgramIsBoundTo() {
    InetAddress[] addresses = Ip.all(V4 + 1, V6 + 1, V4 + 2, V6 + 2);
    ConnectCall on4 = Calls.call(RaceRule.DEFAULT, Ip.of("192.0.2.100"));
    ConnectCall on6 = Calls.call(RaceRule.DEFAULT, Ip.of("2001:db8::100"));
    assertEquals(Ip.list(V4 + 2), of(on4, Ip.of(V4 + 1), addresses));
    assertEquals(Ip.list(V6 + 1, V6 + 2), all(on6, addresses));
  }

  @Test
  void scopeIdsAreKept() {
    InetAddress wanted = Ip.scoped("host.example", "fe80::1", 7);
    ConnectCall call = Calls.call(RaceRule.DEFAULT, null);
    List<InetAddress> found = of(call, Ip.of(V4 + 1), new InetAddress[] {Ip.of(V4 + 1), wanted});
    assertSame(wanted, found.get(0));
    assertEquals(7, ((Inet6Address) found.get(0)).getScopeId());
  }

  @Test
  void contains() {
    assertTrue(Siblings.contains(Ip.all(V4 + 1, V6 + 1), Ip.of(V6 + 1)));
    assertFalse(Siblings.contains(Ip.all(V4 + 1, V6 + 1), Ip.of(V6 + 2)));
  }
}
