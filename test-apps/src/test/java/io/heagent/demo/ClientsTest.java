package io.heagent.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heagent.lab.ForkedJvm;
import io.heagent.lab.HostsFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** The demo's programs and servers are sound: without the agent, what one address does is seen. */
@Timeout(300)
class ClientsTest {
  private static DemoLab lab;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    lab = new DemoLab();
  }

  @AfterAll
  static void stop() throws IOException {
    lab.close();
  }

  @TestFactory
  Stream<DynamicTest> eachReachesTheGoodAddressWhenItIsAlone() {
    return test(
        client -> {
          Sight sight = run(client, DemoLab.GOOD);
          assertEquals(Optional.of(DemoLab.GOOD), sight.address(), sight::toString);
        });
  }

  @TestFactory
  Stream<DynamicTest> eachFailsWhenTheNameIsRefused() {
    return test(client -> assertFalse(run(client, DemoLab.REFUSING).ok()));
  }

  private interface Check {
    void on(Client client) throws Exception;
  }

  private static Stream<DynamicTest> test(Check check) {
    List<Client> clients = Clients.in(lab, Duration.ofSeconds(30));
    return clients.stream()
        .map(client -> DynamicTest.dynamicTest(client.label(), () -> check.on(client)));
  }

  private static Sight run(Client client, String address) throws IOException, InterruptedException {
    try (HostsFile hosts = HostsFile.of(DemoLab.HOST, address)) {
      ForkedJvm jvm = ForkedJvm.onThisJdk().flags(lab.clientFlags()).flags(hosts.flag());
      client.environment().forEach(jvm::environment);
      return Sight.of(jvm.run(client.main(), client.arguments().toArray(String[]::new)));
    }
  }
}
