package io.heagent.engine.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names a site controls itself. */
class SiteNamesTest {

  private static final SiteNames SITE =
      SiteNames.of(
          List.of(
              "# search comment.example",
              "nameserver 127.0.0.1",
              "search old.example",
              "search  Corp.Example. eu.corp.example lan # not.this.one",
              "options ndots:5"),
          List.of("10.0.0.1 db.partner.example  Alias.Example # old.example", "", "::1"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db",
        "DB_1-x",
        "jazz0189",
        "db.corp.internal",
        "db.internal.",
        "INTERNAL",
        "nas.home.arpa",
        "printer.local",
        "db.corp.example",
        "a.b.CORP.example.",
        "corp.example",
        "router.lan",
        "db.partner.example",
        "alias.example"
      })
  void own(String host) {
    assertTrue(SITE.contains(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db.example.com",
        "corp.example.evil.com",
        "evilcorp.example",
        "notinternal.com",
        "internal.evil.com",
        "home.arpa.evil.com",
        "arpa.example",
        "xhome.arpa",
        "old.example",
        "comment.example",
        "not.this.one",
        "x.db.partner.example",
        "example",
        "com.",
        "",
        "."
      })
  void strangers(String host) {
    assertEquals(host.equals("example"), SITE.contains(host));
  }

  /** Names that a resolver may read in another way than this class. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.com\0.internal",
        "evil.com\n.internal",
        "evil\u3002com",
        "evil\uff0ecom",
        "evil\uff61com",
        "evil.com\\.internal",
        "evil.com/.internal",
        "evil..internal",
        ".internal",
        "evil.com .internal",
        "b\u00fccher"
      })
  void whatNeedsAnExplanationIsNobodysOwn(String host) {
    assertFalse(SITE.contains(host));
  }

  /**
   * systemd-resolved writes {@code search .}; every name is under the root, so that line must not
   * count.
   */
  @Test
  void rootIsNoDomain() {
    SiteNames site = SiteNames.of(List.of("search ."), List.of());
    assertFalse(site.contains("db.example.com"));
    assertTrue(site.contains("db"));
  }

  @ParameterizedTest
  @CsvSource({
    "domain a.example, search b.example, false, true",
    "search b.example, domain a.example, true, false",
    "search a.example, nameserver ::1, true, false",
    "search a.example, search, false, false"
  })
  void lastDomainLineCounts(String one, String two, boolean a, boolean b) {
    SiteNames site = SiteNames.of(List.of(one, two), List.of());
    assertEquals(a, site.contains("x.a.example"));
    assertEquals(b, site.contains("x.b.example"));
  }

  @Property
  void anyBytesAreReadWithoutHarm(
      @ForAll List<String> resolver, @ForAll List<String> hosts, @ForAll String host) {
    SiteNames.of(resolver, hosts).contains(host);
  }

  @Test
  void withoutFilesTheFormDecides() {
    assertTrue(SiteNames.NONE.contains("db"));
    assertTrue(SiteNames.NONE.contains("db.internal"));
    assertFalse(SiteNames.NONE.contains("db.corp.example"));
  }
}
