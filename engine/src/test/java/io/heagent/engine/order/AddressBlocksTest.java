package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the tables are read; {@code AddressSpaceTest} tests what is in them. */
class AddressBlocksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "192.0.2.1",
        "255.255.255.255",
        "169.254.169.254",
        "::",
        "::1",
        "ff00::",
        "64:ff9b:1::",
        "2001:4:112::",
        "fd00:ec2::254",
        "fd00:a9fe:a9fe::1",
        "fd00:100::100:200",
        "1:2:3:4:5:6:7:8",
        "1::8",
        "FE80::A9FE:a9fe"
      })
  void literalsAreReadAsTheJdkReadsThem(String literal) throws Exception {
    assertArrayEquals(InetAddress.getByName(literal).getAddress(), AddressBlocks.bytes(literal));
  }

  /** A block ends where its prefix ends, also in the middle of a byte. */
  @Test
  void prefixesEndWithinAByte() {
    assertEquals(AddressSpace.PRIVATE, spaceOf("172.16.0.0"));
    assertEquals(AddressSpace.PRIVATE, spaceOf("172.31.255.255"));
    assertEquals(AddressSpace.GLOBAL, spaceOf("172.15.255.255"));
    assertEquals(AddressSpace.GLOBAL, spaceOf("172.32.0.0"));
    assertEquals(AddressSpace.PRIVATE, spaceOf("fdff::1"));
    assertEquals(AddressSpace.SPECIAL, spaceOf("fbff::1"));
    assertEquals(AddressSpace.GLOBAL, spaceOf("3ffe::1"));
    assertEquals(AddressSpace.SPECIAL, spaceOf("4000::1"));
  }

  private static AddressSpace spaceOf(String literal) {
    return AddressBlocks.spaceOf(AddressBlocks.bytes(literal));
  }
}
