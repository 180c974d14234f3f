package io.heagent.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.TempDirectory;
import io.heagent.probes.Facts;
import io.heagent.probes.HelloProbe;
import io.heagent.probes.Service;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A JDK that lacks something the agent relies on: made from this one, with a member renamed in one
 * class file. One line says what is missing and what happens; the program runs.
 */
class DifferentJdkIT {
  @Test
  void withoutDup2ItRedials() throws Exception {
    ForkedJvm.Outcome outcome = run("DatagramDispatcher", "dup", "dux", "");
    assertEquals(Service.TALK.address(), hello(outcome).get("served"), outcome::stderr);
    said(outcome, "DatagramDispatcher.dup", "adoption=redial applies");
  }

  @Test
  void adoptionDupThatIsNotPossibleSaysSo() throws Exception {
    ForkedJvm.Outcome outcome = run("DatagramDispatcher", "dup", "dux", "adoption=dup");
    assertEquals(Service.TALK.address(), hello(outcome).get("served"), outcome::stderr);
    assertTrue(outcome.stderr().contains("adoption=dup is not possible"), outcome::stderr);
  }

  @Test
  void withoutWhatSocketsNeedSocketsAreLeftAlone() throws Exception {
    // A constant: the JDK's own code holds its value, not its name.
    ForkedJvm.Outcome outcome = run("NioSocketImpl", "ST_CONNECTING", "ST_CONNECTINX", "", "500");
    assertEquals("java.net.SocketTimeoutException", hello(outcome).get("error"), outcome::stderr);
    said(outcome, "NioSocketImpl.ST_CONNECTING", "not raced");
  }

  @Test
  void withoutWhatChannelsNeedSocketsAreStillRaced() throws Exception {
    ForkedJvm.Outcome outcome =
        run("SocketChannelImpl", "ST_CONNECTIONPENDING", "ST_CONNECTIONPENDINX", "");
    assertEquals(Service.TALK.address(), hello(outcome).get("served"), outcome::stderr);
    said(outcome, "SocketChannelImpl.ST_CONNECTIONPENDING", "not raced");
  }

  private static void said(ForkedJvm.Outcome outcome, String missing, String consequence) {
    String stderr = outcome.stderr();
    assertTrue(stderr.contains(missing) && stderr.contains(consequence), stderr);
    assertTrue(stderr.lines().allMatch(line -> line.startsWith("[he-agent] ")), stderr);
  }

  private static Facts hello(ForkedJvm.Outcome outcome) {
    return Facts.parse(outcome.stdout()).getOrDefault("hello", new Facts("none"));
  }

  private static ForkedJvm.Outcome run(String type, String from, String to, String arguments)
      throws Exception {
    return run(type, from, to, arguments, "60000");
  }

  private static ForkedJvm.Outcome run(
      String type, String from, String to, String arguments, String millis) throws Exception {
    try (AgentLab lab = AgentLab.talk();
        TempDirectory patch = TempDirectory.create("patch")) {
      Path file = patch.path().resolve("sun/nio/ch/" + type + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, renamed("sun/nio/ch/" + type + ".class", from, to));
      return lab.agent(arguments)
          .flags("--patch-module=java.base=" + patch.path())
          .run(HelloProbe.class, Integer.toString(lab.port()), millis);
    }
  }

  /** Names stand in the constant pool once each: a name of the same length takes its place. */
  private static byte[] renamed(String resource, String from, String to) throws IOException {
    try (InputStream in = Object.class.getModule().getResourceAsStream(resource)) {
      // One byte, one character, both ways.
      String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      String constant = "\1\0" + (char) from.length();
      assertTrue(bytes.contains(constant + from), from);
      return bytes.replace(constant + from, constant + to).getBytes(StandardCharsets.ISO_8859_1);
    }
  }
}
