package io.heagent.it.agents.hidden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.AgentJar;
import io.heagent.it.startup.DialAll;
import io.heagent.it.startup.StartCase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the JDK's HttpClient keys its pool by can be neither patched nor woven when it is loaded:
 * two names could share a connection to the server of one of them, if connects of non-blocking
 * channels were raced.
 */
@Tag("jvm")
class PoolKeyIT extends StartCase {
  @Test
  void nonBlockingConnectsAreLeftAloneAndOneLineSaysSo() throws Exception {
    String key = PoolKeyProbe.POOL_KEY;
    try (AgentJar hiding = AgentJar.of(HidingAgent.class)) {
      StringBuilder expected = new StringBuilder();
      for (DialAll.Way way : DialAll.Way.values()) {
        expected.append(way).append(' ');
        expected.append(way == DialAll.Way.SELECTOR ? PLAIN : RACED).append('\n');
      }
      List<String> lines =
          linesBeside(
              expected.toString(),
              lab.plain()
                  .agent(hiding.path(), key.replace('.', '/'))
                  .agent(AgentLab.JAR, "")
                  .run(PoolKeyProbe.class, Scenario.REFUSED_FIRST.host(Service.TALK), port()));
      assertEquals(1, lines.size(), lines::toString);
      assertTrue(lines.get(0).startsWith("[he-agent] cannot change " + key), lines.get(0));
      assertTrue(
          lines.get(0).endsWith("; connects of non-blocking channels are not raced"), lines.get(0));
    }
  }
}
