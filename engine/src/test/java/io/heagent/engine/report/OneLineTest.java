package io.heagent.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from outside cannot forge a line of a log. */
class OneLineTest {

  @ParameterizedTest
  @CsvSource({
    "0a, \\n",
    "0d, \\r",
    "09, \\t",
    "00, \\u0000",
    "1b, \\u001b",
    "7f, \\u007f",
    "85, \\u0085",
    "9b, \\u009b",
    "ad, \\u00ad",
    "061c, \\u061c",
    "200b, \\u200b",
    "200e, \\u200e",
    "2028, \\u2028",
    "2029, \\u2029",
    "202e, \\u202e",
    "2066, \\u2066",
    "2069, \\u2069",
    "feff, \\ufeff",
    "d800, \\ud800",
    "dc00, \\udc00",
    "e0041, \\udb40\\udc41"
  })
  void escaped(String codePoint, String expected) {
    String text = Character.toString(Integer.parseInt(codePoint, 16));
    assertEquals("a" + expected + "b", OneLine.of("a" + text + "b"));
  }

  @Test
  void allElseStays() {
    for (String text :
        new String[] {"", "db.example.com:5432 (2 addresses)", "b\u00fccher.example", "C:\\new"}) {
      assertEquals(text, OneLine.of(text));
    }
    assertEquals("\ud83d\ude00", OneLine.of("\ud83d\ude00"));
    String plain = "plain";
    assertSame(plain, OneLine.of(plain));
  }

  @Property
  void oneLineIsOneLine(@ForAll String text) {
    String line = OneLine.of(text);
    assertTrue(line.isEmpty() || line.lines().count() == 1);
    assertTrue(line.codePoints().noneMatch(Character::isISOControl));
    assertEquals(line, OneLine.of(line));
  }
}
