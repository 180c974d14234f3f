package io.heagent.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LogTest {

  private final Stderr stderr = new Stderr();

  @AfterEach
  void putBack() {
    stderr.close();
  }

  @ParameterizedTest
  @CsvSource({"OFF, ''", "WARN, w", "INFO, wi", "DEBUG, wid"})
  void eachLevelSaysWhatTheOnesBeforeItSay(Log.Level level, String said) {
    Log.setLevel(level);
    Log.warn("w");
    Log.info("i");
    Log.debug("d");
    assertEquals(said.chars().mapToObj(c -> "[he-agent] " + (char) c).toList(), stderr.lines());
  }

  @ParameterizedTest
  @EnumSource
  void onlyDebugIsDebug(Log.Level level) {
    Log.setLevel(level);
    assertEquals(level == Log.Level.DEBUG, Log.isDebug());
  }

  @Test
  void byDefaultOnlyWarningsAreSaid() {
    Log.info("i");
    Log.warn("w");
    assertEquals(List.of("[he-agent] w"), stderr.lines());
  }

  @Test
  void onceIsOncePerText() {
    Log.warnOnce("LogTest once: a");
    Log.warnOnce("LogTest once: b");
    Log.warnOnce("LogTest once: a");
    assertEquals(
        List.of("[he-agent] LogTest once: a", "[he-agent] LogTest once: b"), stderr.lines());
  }

  @Test
  void onceKeepsToTheLevel() {
    Log.setLevel(Log.Level.OFF);
    Log.warnOnce("LogTest: nobody is to see this");
    assertEquals(List.of(), stderr.lines());
  }

  /** Host names and messages of resolvers are chosen by whoever writes a URL or a zone. */
  @ParameterizedTest
  @EnumSource(names = {"WARN", "INFO", "DEBUG"})
  void oneEventIsOneLineWhateverIsInIt(Log.Level level) {
    Log.setLevel(level);
    String message = "a.test\n[he-agent] forged\r\u0085\u2028\u001b[2K\u202ebidi " + level;
    switch (level) {
      case WARN -> Log.warnOnce(message);
      case INFO -> Log.info(message);
      default -> Log.debug(message);
    }
    assertEquals(
        List.of(
            "[he-agent] a.test\\n[he-agent] forged\\r\\u0085\\u2028\\u001b[2K\\u202ebidi " + level),
        stderr.lines());
  }

  /** A program may close or remove its stderr. */
  @Test
  void noStderrIsNoError() {
    PrintStream caught = System.err;
    System.setErr(null);
    try {
      Log.warn("into nothing");
    } finally {
      System.setErr(caught);
    }
    assertEquals(List.of(), stderr.lines());
  }

  @Test
  void namesOfLevelsAreNotOfTheUsersLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      assertEquals("info", Log.Level.INFO.text());
    } finally {
      Locale.setDefault(before);
    }
  }
}
