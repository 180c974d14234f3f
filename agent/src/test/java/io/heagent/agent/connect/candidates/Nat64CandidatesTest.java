package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.engine.address.Nat64Discovery;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which translations join a race on a host with IPv6 only. The addresses of the tables are bytes in
 * hexadecimal, as they stand in the records that a resolver answers: a literal cannot say that an
 * AAAA record has an IPv4-mapped address.
 */
class Nat64CandidatesTest {
  private static final String NAME = "host.example";
  private static final String WELL_KNOWN = "0064ff9b0000000000000000c00000aa";

  private static final InetAddress INTERNET4 = Ip.of("192.0.0.170");
  private static final InetAddress INTERNET6 = Ip.of("64:ff9b::c000:aa");

  private final Set<InetAddress> routed = new HashSet<>(Set.of(INTERNET6));
  private final CandidateRig rig = new CandidateRig();
  private final FakeProgramSocket socket = new FakeProgramSocket();
  private final Nat64Discovery discovery = rig.discovery(routed::contains);
  private final CandidateServices services =
      rig.services(Calls.strictGuard(), new Nat64Access(discovery));

  Nat64CandidatesTest() {
    rig.threadsAreBusy = false;
  }

  /** The addresses of records with these bytes, separated by blanks. */
  private static List<InetAddress> records(String name, String bytes) {
    List<InetAddress> records = new ArrayList<>();
    for (String record : bytes == null ? new String[0] : bytes.split(" ", -1)) {
      byte[] raw = HexFormat.of().parseHex(record);
      try {
        // The JDK makes an Inet6Address of every AAAA record; InetAddress.getByAddress would make
        // an Inet4Address of a mapped one.
        records.add(
            raw.length == 16
                ? Inet6Address.getByAddress(name, raw, -1)
                : InetAddress.getByAddress(name, raw));
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException(record, e);
      }
    }
    return records;
  }

  private CandidateRules rules() {
    return Calls.to("198.51.100.7").socket(socket).services(services).rules();
  }

  /** For a race that has dialled the first of these addresses. */
  private Nat64Candidates of(List<InetAddress> addresses) {
    int dialled = Math.min(1, addresses.size());
    return Nat64Candidates.of(
        rules(),
        addresses.subList(0, dialled),
        addresses.subList(dialled, addresses.size()),
        rig::tell);
  }

  /** c6336407 is 198.51.100.7, and c6336408 the address after it. */
  @ParameterizedTest
  @CsvSource({
    "c6336407, true",
    "c6336407 c6336408, true",
    // An AAAA record means that the host can go without a translator.
    "c6336407 20010db8000000000000000000000001, false",
    "20010db8000000000000000000000001 c6336407, false",
    // The JDK gives an IPv4-mapped AAAA record as an IPv6 address, and it counts as one.
    "c6336407 00000000000000000000ffffc6336408, false",
    // This host, its link, nowhere and a group: none is behind a translator.
    "7f000001, false",
    "a9fe0102, false",
    "00000000, false",
    "e0000001, false",
    ", false"
  })
  void onlyNamesWithoutIpv6AreTranslated(String addresses, boolean expected) {
    Nat64Candidates candidates = of(records(NAME, addresses));
    assertEquals(expected, candidates != null);
    assertEquals(expected ? List.of("ipv4only.arpa") : List.of(), rig.lookedUp);
  }

  @Test
  void hostWithIpv4NeedsNone() {
    routed.add(INTERNET4);
    assertNull(of(records(NAME, "c6336407")));
    assertEquals(List.of(), rig.lookedUp);
  }

  @Test
  void addressOfTheOwnNetworkNeedsNone() {
    routed.add(Ip.of("198.51.100.7"));
    assertNull(of(records(NAME, "c6336407")));
  }

  @Test
  void socketThatIsIpv4OnlyCanReachNone() {
    socket.ipv4Only = true;
    assertNull(of(records(NAME, "c6336407")));
    assertEquals(List.of(), rig.lookedUp);
  }

  @Test
  void whereTheSettingsSwitchItOffThereAreNone() {
    CandidateRules without = Calls.to("198.51.100.7").rules();
    assertNull(Nat64Candidates.of(without, List.of(), records(NAME, "c6336407"), null));
  }

  /**
   * What a resolver answers for ipv4only.arpa, the addresses of the name, and their translations by
   * the tables of RFC 6052, section 2.4.
   */
  @ParameterizedTest
  @CsvSource({
    // The well-known prefix, as most translators have it.
    "0064ff9b0000000000000000c00000aa 0064ff9b0000000000000000c00000ab,"
        + " c6336407, 0064ff9b0000000000000000c6336407",
    // With the A records, which every resolver has.
    "c00000aa c00000ab 0064ff9b0000000000000000c00000ab,"
        + " c6336407, 0064ff9b0000000000000000c6336407",
    // An operator's own prefix of 32, 40, 48, 56, 64 and 96 bits.
    "20010db8c00000aa0000000000000000, c6336407, 20010db8c63364070000000000000000",
    "20010db801c0000000aa000000000000, c6336407, 20010db801c633640007000000000000",
    "20010db80122c0000000aa0000000000, c6336407, 20010db80122c6330064070000000000",
    "20010db8012203c0000000aa00000000, c6336407, 20010db8012203c60033640700000000",
    "20010db80122034400c00000aa000000, c6336407, 20010db80122034400c6336407000000",
    "20010db80001000000000000c00000aa, c6336407, 20010db80001000000000000c6336407",
    // Several addresses by one prefix, and by each of two.
    "0064ff9b0000000000000000c00000aa, c6336407 c6336408,"
        + " 0064ff9b0000000000000000c6336407 0064ff9b0000000000000000c6336408",
    "20010db80001000000000000c00000aa 20010db80002000000000000c00000aa, c6336407 c6336408,"
        + " 20010db80001000000000000c6336407 20010db80001000000000000c6336408"
        + " 20010db80002000000000000c6336407 20010db80002000000000000c6336408",
    // 10.0.0.1: the well-known prefix leads to the public Internet only.
    "0064ff9b0000000000000000c00000aa, 0a000001,",
    "20010db80001000000000000c00000aa, 0a000001, 20010db800010000000000000a000001",
    // Without a translator there are the A records, or nothing.
    "c00000aa c00000ab, c6336407,",
    ", c6336407,",
    // An IPv4-mapped or IPv4-compatible address is the IPv4 address itself, and no translation.
    "00000000000000000000ffffc00000aa, c6336407,",
    "000000000000000000000000c00000aa, c6336407,"
  })
  void translationsAreByTheAnswersBytes(String answer, String addresses, String expected) {
    Nat64Candidates candidates = of(records(NAME, addresses));
    assertNotNull(candidates);
    assertFalse(candidates.isKnown());
    assertEquals(0, rig.told);
    rig.pending.answer(records("ipv4only.arpa", answer));
    assertTrue(rig.told > 0, "the race waits for this");
    assertTrue(candidates.isKnown());
    assertEquals(records(NAME, expected), candidates.addresses());
    candidates.addresses().forEach(each -> assertEquals(NAME, each.getHostName()));
  }

  @Test
  void prefixThatIsKnownIsNotLookedUpAgain() {
    discovery.learn(records("ipv4only.arpa", WELL_KNOWN));
    Nat64Candidates candidates = of(records(NAME, "c6336407"));
    assertTrue(candidates.isKnown());
    assertEquals(records(NAME, "0064ff9b0000000000000000c6336407"), candidates.addresses());
    assertEquals(List.of(), rig.lookedUp);
    candidates.close();
  }

  /** The name does not exist where there is no translator: that is an answer, and it is kept. */
  @Test
  void thatThereIsNoSuchNameIsRemembered() {
    Nat64Candidates candidates = of(records(NAME, "c6336407"));
    rig.pending.fail(new UnknownHostException("ipv4only.arpa"));
    assertTrue(candidates.isKnown());
    assertEquals(List.of(), candidates.addresses());
    assertTrue(of(records(NAME, "c6336407")).isKnown());
    assertEquals(1, rig.lookedUp.size());
  }

  /** It says nothing of the network, so the next race asks again. */
  @Test
  void resolverThatBreaksTellsNothing() {
    Nat64Candidates candidates = of(records(NAME, "c6336407"));
    rig.pending.fail(new IllegalStateException("broken"));
    assertTrue(candidates.isKnown(), "the race goes on without");
    assertEquals(List.of(), candidates.addresses());
    assertFalse(of(records(NAME, "c6336407")).isKnown());
    assertEquals(2, rig.lookedUp.size());
  }

  @Test
  void raceThatEndsTakesItsLookUpAlong() {
    rig.threadsAreBusy = true;
    of(records(NAME, "c6336407")).close();
    assertTrue(rig.pending.isCancelled());
  }

  /** A socket that is bound to an IPv4 address cannot be connected to a translation. */
  @Test
  void boundSocketHasOnlyItsFamily() {
    discovery.learn(records("ipv4only.arpa", WELL_KNOWN));
    CandidateRules bound =
        Calls.to("198.51.100.7").services(services).local(Ip.of("203.0.113.1")).rules();
    List<InetAddress> one = records(NAME, "c6336407");
    assertEquals(List.of(), Nat64Candidates.of(bound, one, List.of(), null).addresses());
  }

  /** They come after the IPv4 addresses, which fail at once on such a host and cost no delay. */
  @Test
  void sourceHasThemAfterAllOthers() {
    List<InetAddress> known = records(NAME, "c6336407 c6336408");
    CandidateSource source =
        new CandidateSource(
            services,
            Calls.to(known.get(0))
                .services(services)
                .known(known.toArray(new InetAddress[0]))
                .call(),
            known.get(0),
            rig::tell);
    assertTrue(source.isKnown(), "the second address is");
    assertEquals(known.get(1), source.next());
    assertFalse(source.isKnown(), "the prefix is not");
    rig.pending.answer(records("ipv4only.arpa", WELL_KNOWN));
    assertTrue(source.isKnown());
    for (InetAddress each :
        records(NAME, "0064ff9b0000000000000000c6336407 0064ff9b0000000000000000c6336408")) {
      assertEquals(each, source.next());
    }
    assertNull(source.next());
    source.close();
  }
}
