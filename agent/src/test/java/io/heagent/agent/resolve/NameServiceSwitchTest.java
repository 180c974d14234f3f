package io.heagent.agent.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of which one source may know one family and another source the other. */
class NameServiceSwitchTest {

  @TempDir private Path directory;

  private Path hosts;
  private Path order;
  private NameServiceSwitch services;

  @BeforeEach
  void write() throws IOException {
    hosts = Files.writeString(directory.resolve("hosts"), "10.0.0.1 db.test alias # old.test\n");
    order = Files.writeString(directory.resolve("order"), "hosts: files dns\n");
    services = new NameServiceSwitch(hosts, order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"db.test", "DB.Test", "db.test.", "alias", "localhost", "a.localhost"})
  void namesInTheHostsFileAreAskedForOnce(String name) {
    assertFalse(services.mayAskApart(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.test", "old.test", "10.0.0.1", "b.test"})
  void othersMayBeAskedForTwice(String name) {
    assertTrue(services.mayAskApart(name));
  }

  @Test
  void aChangeOfTheFileCounts() throws IOException {
    assertTrue(services.mayAskApart("new.test"));
    Files.writeString(hosts, "10.0.0.1 db.test\n10.0.0.2 new.test\n");
    assertFalse(services.mayAskApart("new.test"));
    assertTrue(services.mayAskApart("alias"));
  }

  @ParameterizedTest
  @CsvSource({
    "hosts: files dns, true",
    "hosts:files mdns4_minimal [NOTFOUND=return] dns myhostname, true",
    "hosts: mymachines resolve [!UNAVAIL=return] files dns, true",
    "hosts: files ldap dns, false",
    "hosts: files dns wins, false",
    "# hosts: files ldap, true",
    "passwd: files ldap, true"
  })
  void unknownSourcesAreAskedOnce(String line, boolean apart) throws IOException {
    Files.writeString(order, line + "\n");
    assertEquals(apart, services.mayAskApart("other.test"));
  }

  @Test
  void withoutFilesThereIsDns() throws IOException {
    Files.delete(hosts);
    Files.delete(order);
    assertTrue(services.mayAskApart("db.test"));
    assertFalse(services.mayAskApart("localhost"));
  }
}
