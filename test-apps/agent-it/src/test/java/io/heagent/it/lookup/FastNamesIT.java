package io.heagent.it.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Together;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code resolve=fast} gives what the JDK gives, to the letter, and nothing is woven without it.
 */
@Tag("jvm")
@Tag("beside-others")
class FastNamesIT {
  private static final String LOG = "-Xlog:class+load=info:stdout";

  @Test
  void fastLookUpsGiveWhatTheJdkGives() throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      List<ForkedJvm.Outcome> outcomes =
          Together.run(
              () -> lab.plain().run(FastNamesProbe.class),
              () -> lab.agent("resolve=fast").run(FastNamesProbe.class),
              () ->
                  lab.agent("resolve=fast")
                      .flags("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0")
                      .run(FastNamesProbe.class),
              () ->
                  lab.plain()
                      .flags("-Dsun.net.inetaddr.ttl=0", "-Dsun.net.inetaddr.negative.ttl=0")
                      .run(FastNamesProbe.class));
      for (ForkedJvm.Outcome outcome : outcomes) {
        assertEquals(0, outcome.exitCode());
      }
      assertEquals("", outcomes.get(1).stderr());
      assertEquals("", outcomes.get(2).stderr());
      assertEquals(outcomes.get(0).stdout(), outcomes.get(1).stdout());
      assertEquals(outcomes.get(3).stdout(), outcomes.get(2).stdout());
    }
  }

  @ParameterizedTest
  @CsvSource({"jdk, false", "fast, true"})
  void lookUpsAreWovenOnlyWhereThatIsAskedFor(String resolve, boolean woven) throws Exception {
    try (AgentLab lab = AgentLab.talk()) {
      ForkedJvm.Outcome outcome =
          lab.agent("resolve=" + resolve).flags(LOG).run(FastNamesProbe.class);
      assertEquals(0, outcome.exitCode(), outcome::stderr);
      // What getByName reaches where it is woven. InetAddress itself is woven in any case: what its
      // look-ups find is remembered.
      assertEquals(woven, outcome.stdout().contains(".FastGetByName "), outcome::stdout);
    }
  }
}
