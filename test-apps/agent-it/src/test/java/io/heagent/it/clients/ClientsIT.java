package io.heagent.it.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heagent.examples.demo.Client;
import io.heagent.examples.demo.Clients;
import io.heagent.examples.demo.DemoLab;
import io.heagent.examples.demo.Sight;
import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Checks the demo's programs and servers: without the agent each program shows what its one address
 * does. With it, each reaches the good address. All of them are on the JDK's blocking sockets,
 * which {@code BehaviourMatrixIT} shows on each JDK.
 */
@Tag("jvm")
@Tag("beside-others")
@Tag("one-jdk")
@Timeout(300)
class ClientsIT {
  private static DemoLab lab;
  private static HostsFile refusing;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    refusing = HostsFile.of(DemoLab.HOST, DemoLab.REFUSING);
    lab = new DemoLab();
  }

  @AfterAll
  static void stop() throws IOException {
    lab.close();
    refusing.close();
  }

  @TestFactory
  Stream<DynamicTest> eachFailsWhenTheNameIsRefused() {
    return test(client -> assertFalse(Sight.of(client.runIn(jvm().flags(refusing.flag()))).ok()));
  }

  @TestFactory
  Stream<DynamicTest> eachReachesTheGoodAddressBehindADeadOneWithTheAgent() {
    return test(
        client -> {
          ForkedJvm.Outcome outcome = client.runIn(jvm().agent(AgentLab.JAR, ""));
          assertGood(outcome);
          assertFalse(outcome.stderr().contains("he-agent"), outcome::stderr);
        });
  }

  private interface Check {
    void on(Client client) throws Exception;
  }

  private static Stream<DynamicTest> test(Check check) {
    List<Client> clients = Clients.in(lab, Duration.ofSeconds(30));
    return clients.stream()
        .map(client -> DynamicTest.dynamicTest(client.label(), () -> check.on(client)));
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.onThisJdk().withLibraries().flags(lab.clientFlags());
  }

  private static void assertGood(ForkedJvm.Outcome outcome) {
    Optional<String> address = Sight.of(outcome).address();
    assertEquals(Optional.of(DemoLab.GOOD), address, outcome::toString);
  }
}
