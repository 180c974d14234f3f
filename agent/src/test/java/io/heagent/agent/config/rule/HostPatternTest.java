package io.heagent.agent.config.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.Setting;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

  @ParameterizedTest
  @CsvSource({
    "db.example.com, db.example.com, 5432",
    "db.example.com, DB.Example.COM, 5432",
    "DB.Example.COM, db.example.com, 5432",
    "db.example.com, db.example.com., 5432",
    "db.example.com., db.example.com, 5432",
    "db.example.com:5432, db.example.com, 5432",
    "*.example.com, db.example.com, 1",
    "*.example.com, a.b.example.com, 1",
    "*.example.com, A.EXAMPLE.COM., 1",
    "*.example.com:443, www.example.com, 443",
    ".example.com, a.b.example.com, 1",
    "my_host-1.example, my_host-1.example, 1",
    "*, anything, 65535",
    "*:80, anything, 80",
    "*:0, anything, 0",
    "localhost, localhost, 0"
  })
  void matches(String pattern, String host, int port) {
    assertTrue(HostPattern.parse(pattern).matches(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "db.example.com, example.com, 5432",
    "db.example.com, xdb.example.com, 5432",
    "db.example.com, db.example.com.evil.org, 5432",
    "db.example.com, db-example-com, 5432",
    "db.example.com:5432, db.example.com, 5433",
    "*.example.com, example.com, 1",
    "*.example.com, .example.com, 1",
    ".example.com, example.com, 1",
    "*.example.com, badexample.com, 1",
    "*.example.com, example.com.evil.org, 1",
    "*.example.com:443, www.example.com, 80",
    "*:80, anything, 8080"
  })
  void doesNotMatch(String pattern, String host, int port) {
    assertFalse(HostPattern.parse(pattern).matches(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "host:",
        "host:abc",
        "host:-1",
        "host:+1",
        "host:65536",
        "host:123456",
        "host: 80",
        "host :80",
        "a b",
        " a",
        "a\tb",
        "a\u0000b",
        "*foo",
        "**",
        "*.*",
        "a.*",
        "*.a.*",
        "[::1]:80",
        "::1",
        "a:1:2",
        "http://a",
        "a/b",
        "a=b",
        "a,b",
        "a;b",
        "a|b",
        "a..b",
        ".",
        "*.",
        "a\\.b",
        "(a)",
        "a?",
        "a@b",
        "'a'",
        "host:٨٠"
      })
  void isRefused(String pattern) {
    assertNull(HostPattern.parse(pattern));
  }

  @Test
  void noneMatchesNothing() {
    assertFalse(HostPattern.NONE.matches("", 0));
    assertFalse(HostPattern.NONE.matches("host", 80));
  }

  /** In Turkish the small form of I is another letter. */
  @Test
  void caseIsNotOfTheUsersLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertTrue(HostPattern.parse("MAIL.example.com").matches("mail.EXAMPLE.com", 25));
      assertNotNull(Setting.of("max-in-flight"));
      assertEquals("heagent.max-in-flight", Setting.MAX_IN_FLIGHT.property());
    } finally {
      Locale.setDefault(before);
    }
  }

  /** Programs look up what they write, or its {@code xn--} form: a pattern means both. */
  @Test
  void idnMatchesAsWritten() {
    assertTrue(HostPattern.parse("*.b\u00fccher.example").matches("www.B\u00dcCHER.example", 80));
    assertTrue(HostPattern.parse("xn--bcher-kva.example").matches("XN--bcher-kva.example", 80));
    assertTrue(HostPattern.parse("b\u00fccher.example").matches("xn--bcher-kva.example", 80));
  }

  @Test
  void isShownAsWritten() {
    assertEquals("*.Example.com:443", HostPattern.parse("*.Example.com:443").toString());
  }
}
