package io.heagent.agent.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.config.Given;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.log.Log;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code config=FILE}. */
class ConfigFileTest {

  @TempDir Path folder;

  private static SettingsReader.Result read(Path file) {
    return Given.arguments("config=" + file);
  }

  private SettingsReader.Result readText(String text) throws IOException {
    return read(Files.writeString(folder.resolve("he.conf"), text));
  }

  private static void assertNotApplied(Path file, String why) {
    SettingsReader.Result read = read(file);
    assertEquals(Given.arguments(null).settings(), read.settings());
    assertEquals(
        "config=" + file + " " + why + "; the settings in it are not applied",
        Given.only(read.warnings()));
  }

  @Test
  void oneSettingALineWithCommentsAndEmptyLines() throws IOException {
    SettingsReader.Result read =
        readText(
            "# for the batch jobs\r\n\n  delay = 300ms  # not so fast\n#delay=1s\n"
                + "host=a.example\n\tmax-in-flight=2\nexcept=b.example");
    assertEquals(List.of(), read.warnings());
    assertEquals(
        new RaceRule(300_000_000L, 1, 2, true, true, false, true, RaceRule.Scope.AUTO),
        read.settings().ruleFor("a.example", 1));
    assertNull(read.settings().ruleFor("b.example", 1));
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstSetting() throws IOException {
    SettingsReader.Result read = readText("\uFEFFdelay=300ms\nmax-in-flight=2\n");
    assertEquals(List.of(), read.warnings());
    assertEquals(300_000_000L, read.settings().global().delayNanos());
    assertEquals(1, readText("delay=300ms\n\uFEFFmode=off\n").warnings().size());
  }

  @Test
  void mistakesTellTheFile() throws IOException {
    assertEquals(
        "delay=3s ("
            + folder.resolve("he.conf")
            + ") is not allowed: 10ms to 2s, or off; delay=250ms applies",
        Given.only(readText("log=info\ndelay=3s\n").warnings()));
  }

  /** As by property: the comma divides nothing else here. */
  @Test
  void aListOfHostsMayHaveCommas() throws IOException {
    SettingsReader.Result read =
        readText("host=a.example, b.example\ndelay=400ms\nexcept=c.example,d.example");
    assertEquals(List.of(), read.warnings());
    for (String host : List.of("a.example", "b.example")) {
      assertEquals(400_000_000L, read.settings().ruleFor(host, 1).delayNanos());
    }
    assertNull(read.settings().ruleFor("other.example", 1));
    assertEquals(2, read.settings().exceptions().size());
  }

  /** Notepad's and PowerShell's other encodings, and line ends of three systems. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE"})
  void encodingsAndLineEnds(String charset) throws IOException {
    String mark = charset.equals("UTF-16") ? "" : "\uFEFF";
    String text = mark + "delay=300ms\r\n\r\nmax-in-flight=2\rexcept=a.example\nlog=info\r\n";
    Path file = Files.write(folder.resolve("he.conf"), text.getBytes(Charset.forName(charset)));
    SettingsReader.Result read = read(file);
    assertEquals(List.of(), read.warnings());
    assertEquals(
        new RaceRule(300_000_000L, 1, 2, true, true, false, true, RaceRule.Scope.AUTO),
        read.settings().global());
    assertNull(read.settings().ruleFor("a.example", 1));
    assertEquals(Log.Level.INFO, read.settings().log());
  }

  /** As YAML, properties files and ssh_config have it. */
  @Test
  void otherWaysToDivideNameAndValue() throws IOException {
    SettingsReader.Result read =
        readText("delay: 300ms\nexcept \"*.corp\"\nhost:\tb.example:443\nmax-in-flight: '2'\n");
    assertEquals(List.of(), read.warnings());
    assertEquals(
        new RaceRule(300_000_000L, 1, 2, true, true, false, true, RaceRule.Scope.AUTO),
        read.settings().ruleFor("b.example", 443));
    assertNull(read.settings().ruleFor("b.example", 80));
    assertNull(read.settings().ruleFor("x.corp", 443));
  }

  @Test
  void argumentsPastedAsOneLine() throws IOException {
    SettingsReader.Result read = readText("delay=300ms,except=*.corp,log=info");
    assertEquals(300_000_000L, read.settings().global().delayNanos());
    assertNull(read.settings().ruleFor("x.corp", 443));
    assertEquals(
        "delay=300ms,except=*.corp,log=info ("
            + folder.resolve("he.conf")
            + ") holds several settings: each has a line of its own; they are taken one by one",
        Given.only(read.warnings()));
  }

  @Test
  void aFileCannotNameAnother() throws IOException {
    SettingsReader.Result read = readText("config=other.conf\ndelay=300ms");
    assertEquals(300_000_000L, read.settings().global().delayNanos());
    String warning = Given.only(read.warnings());
    assertTrue(warning.endsWith("cannot stand in a file; it is ignored"), warning);
  }

  @ParameterizedTest
  @ValueSource(strings = {";", " ", "&", " | "})
  void settingsAfterThePathAreTakenToo(String separator) throws IOException {
    Path file = Files.writeString(folder.resolve("he.conf"), "delay=300ms");
    SettingsReader.Result read = Given.arguments("config=" + file + separator + "except=*.corp");
    assertNull(read.settings().ruleFor("x.corp", 443));
    assertEquals(300_000_000L, read.settings().global().delayNanos());
    String warning = Given.only(read.warnings());
    assertTrue(warning.startsWith("config=/"), warning);
    assertTrue(
        warning.endsWith(
            " (agent arguments) holds several settings: they are divided by commas;"
                + " they are taken one by one"),
        warning);
  }

  @Test
  void aFileMayBeNamedLikeSettings() throws IOException {
    Path file = Files.writeString(folder.resolve("he.conf;except=*.corp"), "delay=300ms");
    SettingsReader.Result read = read(file);
    assertEquals(List.of(), read.warnings());
    assertEquals(300_000_000L, read.settings().ruleFor("x.corp", 443).delayNanos());
  }

  @Test
  void missing() {
    assertNotApplied(folder.resolve("none.conf"), "does not exist");
  }

  @Test
  void directory() {
    assertNotApplied(folder, "is not a file");
  }

  @Test
  void unreadable() throws IOException {
    File file = Files.writeString(folder.resolve("secret.conf"), "delay=1s").toFile();
    assumeTrue(file.setReadable(false, false), "this file system has no permissions");
    assumeFalse(file.canRead(), "root reads everything: run as another user to test this");
    String warning = Given.only(read(file.toPath()).warnings());
    assertTrue(warning.startsWith("config=" + file + " cannot be read ("), warning);
    assertTrue(warning.endsWith("); the settings in it are not applied"), warning);
  }

  /** Opening it would wait for somebody who writes. The timeout only ends a test that hangs. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void fifoIsNotOpened() throws Exception {
    Path fifo = folder.resolve("fifo");
    assumeTrue(isMade(fifo), "mkfifo is missing here");
    assertNotApplied(fifo, "is not a file");
  }

  private static boolean isMade(Path fifo) throws InterruptedException {
    try {
      return new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  @Test
  void emptyFile() throws IOException {
    assertEquals(Given.arguments(null), readText(""));
  }

  @Test
  void largest() throws IOException {
    SettingsReader.Result read = readText("#".repeat(64 * 1024 - 9) + "\ndelay=1s");
    assertEquals(1_000_000_000L, read.settings().global().delayNanos());
    assertNotApplied(
        Files.writeString(folder.resolve("big.conf"), "#".repeat(64 * 1024) + "\n"),
        "is larger than 64 KiB");
  }

  @Test
  void tenMegabytesOfNoise() throws IOException {
    assertNotApplied(
        Files.write(folder.resolve("noise.conf"), noise(10_000_000)), "is larger than 64 KiB");
  }

  @Test
  void noiseOfAllowedSize() throws IOException {
    byte[] noise = noise(64 * 1024);
    // As text, so that there is something to complain about on every line.
    Path file = Files.write(folder.resolve("noise.conf"), noise);
    SettingsReader.Result read = read(file);
    assertEquals(Given.arguments(null).settings(), read.settings());
    assertEquals(11, read.warnings().size());
    for (String warning : read.warnings()) {
      assertTrue(warning.chars().noneMatch(Character::isISOControl), warning);
      assertTrue(warning.length() <= 500, warning);
    }
    assertTrue(new String(noise, UTF_8).lines().count() > 11);
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(8305).nextBytes(noise);
    return noise;
  }
}
