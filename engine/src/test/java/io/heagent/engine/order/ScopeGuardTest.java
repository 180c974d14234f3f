package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.engine.order.ScopeGuard.Barrier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A race never leads from an address that a program may have checked to a more private one. */
class ScopeGuardTest {

  /** One address of each space, the most public first. */
  private static final String[] GIVEN = {
    "1.1.1.1", "198.18.0.1", "10.0.0.1", "169.254.0.1", "127.0.0.1", "169.254.169.254", "240.0.0.1"
  };

  /**
   * For each of these addresses, its barriers to each of them, by the first letter: none, site,
   * host, always.
   */
  private static final String[] BARRIERS = {
    "NSSHHAA", "NNSHHAA", "NNNHHAA", "NNNNHAA", "NNNNNAA", "NSSHHNA", "NSSHHAN"
  };

  private static Barrier between(String given, String sibling) {
    return ScopeGuard.between(Delivered.of(given), Delivered.of(sibling), List.of());
  }

  @Test
  void eachToEach() {
    for (int i = 0; i < GIVEN.length; i++) {
      StringBuilder row = new StringBuilder();
      for (String sibling : GIVEN) {
        row.append(between(GIVEN[i], sibling).name().charAt(0));
      }
      assertEquals(BARRIERS[i], row.toString(), GIVEN[i]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.1.1.1, 2606:4700::1111, NONE",
    "2606:4700::1111, 1.1.1.1, NONE",
    "2606:4700::1111, 10.0.0.1, SITE",
    "2606:4700::1111, fd00::1, SITE",
    "1.1.1.1, 198.18.0.1, SITE",
    "1.1.1.1, ::1, HOST",
    "1.1.1.1, fe80::1, HOST",
    "1.1.1.1, fd00:ec2::254, ALWAYS",
    "1.1.1.1, ::, ALWAYS",
    "10.0.0.1, fd12::1, NONE",
    "fd12::1, 100.64.0.1, NONE",
    "10.99.0.1, 2001:db8::1, NONE",
    "10.0.0.1, 100.100.100.200, ALWAYS",
    "10.0.0.1, fd00:ec2::23, ALWAYS",
    "fe80::1, 169.254.169.254, ALWAYS",
    "127.0.0.1, 169.254.169.254, ALWAYS",
    "169.254.169.254, 169.254.169.254, NONE",
    "127.0.0.1, ::1, NONE",
    "::1, 127.0.0.2, NONE",
    "192.0.2.1, 192.0.2.2, NONE",
    "240.0.0.1, 240.0.0.2, NONE",
    "1.1.1.1, 64:ff9b::127.0.0.1, HOST",
    "1.1.1.1, 2002:0a00:0001::1, SITE",
    "203.0.113.1, ::ffff:127.0.0.1, HOST",
    "203.0.113.1, ::ffff:169.254.169.254, ALWAYS",
    "203.0.113.1, ::127.0.0.1, ALWAYS",
    "203.0.113.1, ::ffff:0.0.0.0, ALWAYS",
    "203.0.113.1, 64:ff9b:1:7f00:0:100::, HOST",
    "203.0.113.1, 168.63.129.16, ALWAYS"
  })
  void between(String given, String sibling, Barrier barrier) {
    assertEquals(barrier, between(given, sibling));
  }

  /**
   * An address that a program's check takes for public must not open a way to the address embedded
   * in it, when the first is dead.
   */
  @ParameterizedTest
  @CsvSource({
    "2002:7f00:1::1, 127.0.0.1, HOST",
    "2002:0a00:1::1, 10.0.0.1, SITE",
    "2001:0:101:101:0:0:80ff:fffe, 127.0.0.1, HOST",
    "64:ff9b::7f00:1, 127.0.0.1, HOST",
    "64:ff9b:1::7f00:1, 127.0.0.1, HOST",
    "2606:4700::5efe:7f00:1, 127.0.0.1, HOST",
    "::7f00:1, 127.0.0.1, HOST",
    "fbff::1, 10.0.0.1, SITE",
    "2001:db8::1, 10.0.0.1, SITE",
    "198.18.0.1, 127.0.0.1, HOST",
    "240.0.0.1, 10.0.0.1, SITE",
    "168.63.129.16, 10.0.0.1, SITE"
  })
  void obscureAddressIsNoWayIn(String given, String sibling, Barrier barrier) {
    assertEquals(barrier, between(given, sibling));
  }

  /**
   * A metadata service is out of reach, whichever address the given one leads to, and from another
   * metadata service too.
   */
  @ParameterizedTest
  @CsvSource({
    "2002:a9fe:a9fe::1, 169.254.169.254",
    "2600:1f00::5efe:a9fe:a9fe, 169.254.169.254",
    "64:ff9b::a9fe:a9fe, 169.254.169.254",
    "2001:0:a9fe:a9fe::1, 169.254.169.254",
    "168.63.129.16, 169.254.169.254",
    "192.0.0.192, ::ffff:169.254.169.254",
    "fd00:ec2::254, 169.254.169.254",
    "169.254.169.254, 64:ff9b::a9fe:a9fe",
    "2002:f000:1::1, 240.0.0.1",
    "240.0.0.1, ::ffff:0:7f00:1",
    "240.0.0.1, 64:ff9b::"
  })
  void noAddressLeadsToMetadataOrSpecial(String given, String sibling) {
    assertEquals(Barrier.ALWAYS, between(given, sibling));
  }

  @Test
  void mappedAddressIsWhatItStandsFor() {
    assertEquals(Barrier.NONE, between("::ffff:169.254.169.254", "169.254.169.254"));
    assertEquals(Barrier.NONE, between("::ffff:10.0.0.1", "10.0.0.2"));
    assertEquals(Barrier.SITE, between("::ffff:1.1.1.1", "10.0.0.2"));
  }
}
