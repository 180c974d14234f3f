package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of RFC 6724, section 2.1, and tables made of it. */
class PolicyTableTest {

  @ParameterizedTest
  @CsvSource({
    "::1, 50, 0",
    "2606:4700::1, 40, 1",
    "192.0.2.1, 35, 4",
    "2002:c000:201::1, 30, 2",
    "2001::1, 5, 5",
    "2001:1::1, 40, 1",
    "fc00::1, 3, 13",
    "fdff::1, 3, 13",
    "fe00::1, 40, 1",
    "::2, 1, 3",
    "fec0::1, 1, 11",
    "3ffe::1, 1, 12"
  })
  void ofTheRfc(String address, int precedence, int label) {
    assertEquals(precedence, PolicyTable.DEFAULT.precedence(Ip.of(address)));
    assertEquals(label, PolicyTable.DEFAULT.label(Ip.of(address)));
  }

  @Test
  void emptyTableTellsNothingApart() {
    assertEquals(0, PolicyTable.empty().precedence(Ip.of("::1")));
    assertEquals(-1, PolicyTable.empty().label(Ip.of("192.0.2.1")));
  }

  @Test
  void longestPrefixCountsAndOfEqualOnesTheLater() {
    PolicyTable table =
        PolicyTable.DEFAULT
            .with(Ip.of("2001:db8::"), 32, 7, 70)
            .with(Ip.of("2001:db8:1::"), 48, 8, 80)
            .with(Ip.of("2001:db8::"), 32, 9, 90);
    assertEquals(9, table.precedence(Ip.of("2001:db8::1")));
    assertEquals(80, table.label(Ip.of("2001:db8:1::1")));
    assertEquals(40, PolicyTable.DEFAULT.precedence(Ip.of("2001:db8::1")), "another table");
  }

  /** An IPv4 prefix is one of IPv4-mapped addresses. */
  @Test
  void prefixOfIpv4() {
    PolicyTable table = PolicyTable.DEFAULT.with(Ip.of("10.0.0.0"), 8, 60, 6);
    assertEquals(60, table.precedence(Ip.of("10.1.2.3")));
    assertEquals(6, table.label(Ip.mapped("10.1.2.3")));
    assertEquals(35, table.precedence(Ip.of("11.1.2.3")));
  }

  @ParameterizedTest
  @CsvSource({"::, -1", "::, 129", "0.0.0.0, -1", "0.0.0.0, 33"})
  void lengthThatDoesNotFit(String prefix, int length) {
    assertThrows(
        IllegalArgumentException.class,
        () -> PolicyTable.empty().with(Ip.of(prefix), length, 1, 1));
  }

  @ParameterizedTest
  @CsvSource({"::, 0", "::1, 128", "0.0.0.0, 0", "192.0.2.1, 32"})
  void shortestAndLongest(String prefix, int length) {
    assertEquals(1, PolicyTable.empty().with(Ip.of(prefix), length, 1, 1).label(Ip.of(prefix)));
  }

  @ParameterizedTest
  @CsvSource({
    "::, ::, 128",
    "::, 8000::, 0",
    "::, ::1, 127",
    "2001:db8::, 2001:db9::, 31",
    "192.0.2.1, 192.0.2.1, 32",
    "192.0.2.1, 192.0.2.128, 24",
    "192.0.2.1, 192.1.2.1, 15"
  })
  void bitsInCommon(String one, String other, int bits) {
    assertEquals(bits, PolicyTable.commonBits(Ip.of(one).getAddress(), Ip.of(other).getAddress()));
  }
}
