package io.heagent.engine.address;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@link Literals} gives the answers of JDK 17.0.15 and 25.0.3, also for names that look like
 * literals.
 */
class LiteralsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3.4",
        "127.1",
        "127.0.1",
        "1.65536",
        "1.16777215",
        "4294967295",
        "2130706433",
        "0177.0.0.1",
        "08.1.1.1",
        "010.0.0.1",
        "192.168.010.1",
        "192.168.100.089",
        "0",
        "00",
        "0000000000001",
        "1.2",
        "::",
        "::1",
        "[::1]",
        "fe80::1%1",
        "fe80::1%0",
        "[fe80::1%1]",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4",
        "1:2:3:4:5:6:7:8"
      })
  void takenByTheJdk(String host) throws UnknownHostException {
    assertTrue(Literals.isLiteral(host));
    InetAddress.getByName(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x7f.1",
        "0x7f000001",
        "0x7f.0x1",
        "127.0x0.0.1",
        "0.0.0.0x1",
        "00000000010.0.0.1",
        "0377.1.1.1",
        "0xabc",
        "[::1",
        "::1]",
        "[1.2.3.4]",
        "[]",
        "[example.com]",
        "fe80::1%nosuch",
        "fe80::1%",
        "1:2:3",
        "12345::",
        "::g",
        ":::",
        "feed:",
        "dead:beef"
      })
  void refusedByTheJdkOnTheTextAlone(String host) {
    assertTrue(Literals.isLiteral(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "example.com",
        "a",
        "beef",
        "1e3",
        "0x",
        "0192.168.100.089",
        "1.16777216",
        "4294967296",
        "99999999999",
        "12345678901234567890",
        "256.1.1.1",
        "1.2.3.256",
        "1.2.3.4.5",
        "1.2.3.",
        "1.2.3.4.",
        ".1",
        "1..2",
        "-1",
        "+1.2.3.4",
        "1.2.3.4 ",
        "\u0661.1.1.1",
        "1.2.3.\u0664",
        "1.2.3.4.example.com",
        "xn--1-2.example",
        "zz:80"
      })
  void lookedUpByTheJdk(String host) {
    assertFalse(Literals.isLiteral(host));
  }
}
