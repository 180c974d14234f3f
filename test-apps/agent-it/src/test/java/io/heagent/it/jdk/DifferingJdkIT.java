package io.heagent.it.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.lookup.BlockingLookupProbe;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Hello;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A JDK whose insides differ from those the agent knows: what cannot be had stays off, one line
 * says which and why, everything else is raced. What is needed of which JDK the agent's {@code
 * RequirementsTest} shows on each.
 */
@Tag("jvm")
class DifferingJdkIT extends StartCase {
  private static final String DISPATCHER = "sun.nio.ch.DatagramDispatcher";

  @Test
  void withoutDupTheWinnerIsDialledAgain() throws Exception {
    try (PatchedJdk jdk = PatchedJdk.without(DISPATCHER, "dup")) {
      List<String> lines =
          linesBeside(
              all(RACED), run(jdk, "delay=100ms,history=off,log=info", Scenario.DEAD_FIRST));
      assertEquals(2, lines.size(), lines::toString);
      assertDiffers(DISPATCHER + ".dup(", "adoption=redial applies", lines.get(0));
      assertTrue(lines.get(1).contains(", adoption=redial, "), lines.get(1));
    }
  }

  @Test
  @Tag("one-jdk")
  void dupThatWasAskedForIsRefused() throws Exception {
    try (PatchedJdk jdk = PatchedJdk.without(DISPATCHER, "dup")) {
      List<String> lines =
          linesBeside(all(RACED), run(jdk, "adoption=dup", Scenario.REFUSED_FIRST));
      assertEquals(2, lines.size(), lines::toString);
      assertEquals(
          "[he-agent] adoption=dup is not possible in this JVM; adoption=redial applies",
          lines.get(1));
    }
  }

  @Test
  @Tag("one-jdk")
  void asynchronousChannels() throws Exception {
    assertLeftAlone(
        "sun.nio.ch.UnixAsynchronousSocketChannelImpl",
        "pendingRemote",
        "connects of asynchronous channels are not raced",
        EnumSet.of(DialAll.Way.ASYNC));
  }

  @Test
  void nonBlockingChannels() throws Exception {
    assertLeftAlone(
        "java.nio.channels.spi.AbstractSelectableChannel",
        "keyLock",
        "connects of non-blocking channels are not raced",
        EnumSet.of(DialAll.Way.SELECTOR));
  }

  @Test
  @Tag("one-jdk")
  void sockets() throws Exception {
    assertLeftAlone(
        "sun.nio.ch.NioSocketImpl",
        "nonBlocking",
        "connects of sockets are not raced",
        EnumSet.of(DialAll.Way.SOCKET));
  }

  /** The method that is missing is woven, and only the channel's socket adaptor calls it. */
  @Test
  @Tag("one-jdk")
  void wovenMethodThatIsMissing() throws Exception {
    assertLeftAlone(
        "sun.nio.ch.SocketChannelImpl",
        "blockingConnect",
        "connects of socket channels are not raced",
        EnumSet.of(DialAll.Way.CHANNEL, DialAll.Way.ADAPTOR, DialAll.Way.SELECTOR));
  }

  @Test
  void whatEverythingNeeds() throws Exception {
    assertLeftAlone(
        "java.net.InetAddress",
        "cache",
        "connects are not raced",
        EnumSet.allOf(DialAll.Way.class));
  }

  @Test
  void lookUpsByFamily() throws Exception {
    boolean newer = Runtime.version().feature() >= 18;
    String member = newer ? "PLATFORM_LOOKUP_POLICY" : "impl";
    lab.with(BlockingLookupProbe.name(0), Service.TALK.address());
    try (PatchedJdk jdk = PatchedJdk.without("java.net.InetAddress", member)) {
      ForkedJvm.Outcome outcome =
          lab.agent("").flags(jdk.flag()).run(BlockingLookupProbe.class, "crowd", port(), "1");
      assertEquals("FACTS\tcrowd\toutcomes={connected=1}\n", outcome.stdout());
      List<String> lines = outcome.stderr().lines().toList();
      assertEquals(1, lines.size(), lines::toString);
      assertDiffers(
          "java.net.InetAddress." + member,
          "IPv4 and IPv6 addresses are looked up together",
          lines.get(0));
    }
  }

  @Test
  @Tag("one-jdk")
  void fastLookUps() throws Exception {
    try (PatchedJdk jdk = PatchedJdk.without("java.net.InetAddress", "getByName")) {
      List<String> lines =
          linesBeside("hello", lab.agent("resolve=fast").flags(jdk.flag()).run(Hello.class));
      assertEquals(1, lines.size(), lines::toString);
      assertDiffers("java.net.InetAddress.getByName(", "resolve=jdk applies", lines.get(0));
    }
  }

  private static void assertLeftAlone(
      String owner, String member, String effect, Set<DialAll.Way> alone) throws Exception {
    try (PatchedJdk jdk = PatchedJdk.without(owner, member)) {
      StringBuilder expected = new StringBuilder();
      for (DialAll.Way way : DialAll.Way.values()) {
        expected.append(way).append(' ').append(alone.contains(way) ? PLAIN : RACED).append('\n');
      }
      List<String> lines = linesBeside(expected.toString(), run(jdk, "", Scenario.REFUSED_FIRST));
      assertEquals(1, lines.size(), lines::toString);
      assertDiffers(owner + "." + member, effect, lines.get(0));
    }
  }

  private static void assertDiffers(String missing, String effect, String line) {
    String start =
        "[he-agent] this JDK ("
            + System.getProperty("java.vm.version")
            + ") is not as expected, it has no "
            + missing;
    assertTrue(line.startsWith(start), line);
    assertTrue(line.endsWith("; " + effect), line);
  }

  private static ForkedJvm.Outcome run(PatchedJdk jdk, String arguments, Scenario scenario)
      throws Exception {
    return dialAll(lab.agent(arguments).flags(jdk.flag()), scenario);
  }
}
