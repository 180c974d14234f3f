package io.heagent.it.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.control.WatchingAgent;
import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.netty.copies.NettyAttach;
import io.heagent.it.netty.copies.NettyDetach;
import io.heagent.it.netty.copies.NettyLoaders;
import io.heagent.it.startup.AgentJar;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A program may have its Netty in another class loader, on the module path, or loaded before the
 * agent. Each copy is raced, or one line says why it is not. Relocated copies are in {@code
 * NettyClientsIT}, copies of another shape in {@code NettyCopyTest}.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
class NettyCopiesIT extends NettyCase {
  private static final String HOST = Scenario.REFUSED_FIRST.host(Service.TALK);
  private static final String TIMEOUT = "5000";
  private static final String MODULES =
      "io.netty.common,io.netty.transport.unix.common,io.netty.transport.classes.epoll";

  private static String port() {
    return String.valueOf(lab.port());
  }

  private static void assertRaced(ForkedJvm.Outcome outcome) {
    Facts seen = Facts.parse(outcome.stdout()).get(HOST);
    assertEquals("", outcome.stderr(), outcome::stdout);
    assertEquals(Service.TALK.address(), seen.get("remote"), seen::toString);
  }

  private static void assertLeftAlone(String line, ForkedJvm.Outcome outcome) {
    Facts seen = Facts.parse(outcome.stdout()).get(HOST);
    List<String> lines = outcome.stderr().lines().toList();
    assertEquals(1, lines.size(), outcome::stderr);
    assertTrue(lines.get(0).contains(line), outcome::stderr);
    assertTrue(seen.get("failure").endsWith("AnnotatedConnectException"), seen::toString);
  }

  @ParameterizedTest
  @EnumSource
  void inAClassLoaderThatTheApplicationsDoesNotSee(NettyJars netty) throws Exception {
    assertRaced(
        netty
            .withoutNetty(lab)
            .agent(AgentLab.JAR, "history=off")
            .run(NettyLoaders.class, netty.directory().toString(), port(), TIMEOUT, HOST));
  }

  @ParameterizedTest
  @EnumSource
  void onTheModulePath(NettyJars netty) throws Exception {
    assertRaced(
        netty
            .withoutNetty(lab)
            .flags("-p", netty.directory().toString(), "--add-modules=ALL-MODULE-PATH")
            .flags(NettyJars.quiet(MODULES))
            .agent(AgentLab.JAR, "history=off")
            .run(NettyProbe.class, port(), TIMEOUT, HOST));
  }

  @Test
  void loadedBeforeTheAgentIsSaidOnce() throws Exception {
    ForkedJvm jvm =
        NettyJars.NETTY_42
            .plain(lab, jarOf(ByteBuddyAgent.class))
            .flags("-XX:+EnableDynamicAgentLoading");
    ForkedJvm.Outcome outcome =
        jvm.run(NettyAttach.class, AgentLab.JAR.toString(), port(), TIMEOUT, HOST);
    assertTrue(outcome.stdout().contains("attached"), outcome::stderr);
    assertLeftAlone(
        "Netty's epoll transport (io.netty.channel.epoll.AbstractEpollChannel) was loaded before",
        outcome);
  }

  /** Its classes are what they were, and its connects are those of a JVM without the agent. */
  @ParameterizedTest
  @EnumSource
  void detachGivesTheClassesBack(NettyJars netty) throws Exception {
    try (AgentJar watching = AgentJar.of(WatchingAgent.class)) {
      ForkedJvm.Outcome plain = detached(netty, watching, "");
      ForkedJvm.Outcome left = detached(netty, watching, AgentLab.JAR.toString());
      assertEquals("", left.stderr(), left::stdout);
      assertTrue(left.stdout().contains("detached: nothing is raced"), left.stdout());
      assertNotEquals(line("woven ", plain), line("woven ", left), "there is something to undo");
      assertEquals(line("back ", plain), line("back ", left));
      assertTrue(left.stdout().contains("remote=" + Service.TALK.address()), left.stdout());
      Facts seen = Facts.parse(left.stdout().substring(left.stdout().indexOf("back "))).get(HOST);
      assertTrue(seen.get("failure").endsWith("AnnotatedConnectException"), seen::toString);
    }
  }

  private static ForkedJvm.Outcome detached(NettyJars netty, AgentJar watching, String jar)
      throws Exception {
    ForkedJvm jvm =
        netty
            .plain(lab, jarOf(ByteBuddyAgent.class) + File.pathSeparator + jarOf(ClassReader.class))
            .flags("-XX:+EnableDynamicAgentLoading")
            .agent(watching.path(), "");
    return (jar.isEmpty() ? jvm : jvm.agent(AgentLab.JAR, "history=off"))
        .run(NettyDetach.class, jar, port(), TIMEOUT, HOST);
  }

  private static String line(String begins, ForkedJvm.Outcome outcome) {
    return outcome
        .stdout()
        .lines()
        .filter(line -> line.startsWith(begins))
        .findFirst()
        .orElseThrow(() -> new AssertionError(outcome.toString()));
  }

  private static String jarOf(Class<?> type) throws URISyntaxException {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath();
  }
}
