package io.heagent.it.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.Dial;
import io.heagent.it.startup.StartCase;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.net.HostsFile;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The text of a name or a setting cannot forge what a terminal or a log shows. */
@Tag("jvm")
@Tag("one-jdk")
class ForgedLinesIT extends StartCase {
  private static final String ERASE_LINE = "\u001b[2K\r";

  @Test
  void noLineIsForgedByANameOrASetting() throws Exception {
    // A hosts file cannot hold a name with a line end. The tests of agent.log have such names.
    String name = "forged\u001b[2K\u007f.test";
    String refused = AgentLab.REFUSED.get(0);
    try (HostsFile hosts = HostsFile.of(name, refused, Service.TALK.address())) {
      ForkedJvm.Outcome outcome =
          ForkedJvm.onThisJdk()
              .agent(AgentLab.JAR, "log=debug,delay=" + ERASE_LINE + "\n[he-agent] forged")
              .flags(hosts.flag())
              .run(Dial.class, name, port());
      List<String> lines = linesBeside(RACED + "\n", outcome);
      assertEquals(3, lines.size(), lines::toString);
      assertTrue(
          lines.get(2).contains("forged\\u001b[2K\\u007f.test:" + port() + " (2 addresses"),
          lines.get(2));
      assertTrue(
          lines.stream().flatMapToInt(String::chars).noneMatch(Character::isISOControl),
          outcome::stderr);
    }
  }
}
