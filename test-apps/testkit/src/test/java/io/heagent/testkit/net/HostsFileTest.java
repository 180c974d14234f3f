package io.heagent.testkit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.testkit.jvm.ForkedJvm;
import java.nio.file.Files;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("jvm")
@Timeout(120)
class HostsFileTest {
  private static final String[] MIXED = {"127.0.0.3", "::1", "127.0.0.9"};

  @Test
  void forkedJvmSeesIpv4First() throws Exception {
    try (HostsFile hosts = HostsFile.of("mixed.test", MIXED)) {
      assertEquals("127.0.0.3 127.0.0.9 0:0:0:0:0:0:0:1", lookUp(hosts, "mixed.test").stdout());
    }
  }

  @Test
  void orderOfTheFileCanBeKept() throws Exception {
    try (HostsFile hosts = HostsFile.of("mixed.test", MIXED)) {
      var outcome = lookUp(hosts, "mixed.test", "-Djava.net.preferIPv6Addresses=system");
      assertEquals("127.0.0.3 0:0:0:0:0:0:0:1 127.0.0.9", outcome.stdout());
    }
  }

  @Test
  void otherNamesDoNotExist() throws Exception {
    try (HostsFile hosts = HostsFile.of("mixed.test", MIXED)) {
      var outcome = lookUp(hosts, "other.test");
      assertTrue(outcome.stderr().contains("UnknownHostException"), outcome::toString);
    }
  }

  @Test
  void closeDeletesTheFile() throws Exception {
    HostsFile hosts = HostsFile.of("mixed.test", MIXED);
    assertTrue(Files.exists(hosts.path()));
    hosts.close();
    assertFalse(Files.exists(hosts.path()));
  }

  private static ForkedJvm.Outcome lookUp(HostsFile hosts, String name, String... flags)
      throws Exception {
    return ForkedJvm.onThisJdk().flags(hosts.flag()).flags(flags).run(LookUp.class, name);
  }
}
