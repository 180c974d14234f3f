package io.heagent.it.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.it.lab.AgentLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Service;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.jvm.ForkedJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * With {@code adoption=redial} too, the first address is dialled once, alone, on the program's own
 * socket; a server that accepts only once sees nothing of the agent.
 */
@Tag("jvm")
@Tag("beside-others")
class RedialIT {
  private static final String COUNTED = "127.9.3.2";
  private static final String LATE = "127.9.3.3";

  @Test
  void aHealthyFirstAddressIsDialledOnce() throws Exception {
    try (AgentLab lab = AgentLab.talk().with("once.test", COUNTED, Service.TALK.address());
        TalkServer server = TalkServer.plain(COUNTED, lab.port())) {
      Map<String, Facts> seen = run(lab, "once.test");
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        assertEquals(COUNTED, seen.get(kind.name()).get("peer"), seen::toString);
      }
      assertEquals(RawSocket.Kind.possible().size(), server.accepted());
    }
  }

  /**
   * The first address is still waited for while the second is dialled, and its answer is at once
   * the program's.
   */
  @Test
  @Tag("one-jdk")
  void aLateFirstAddressIsDialledOnceToo() throws Exception {
    try (AgentLab lab = AgentLab.talk().with("late.test", LATE, AgentLab.DEAD.get(0))) {
      Map<String, Facts> seen = run(lab, "late.test", LATE);
      for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
        assertEquals(LATE, seen.get(kind.name()).get("peer"), seen::toString);
        assertEquals("1", seen.get(kind.name()).get("accepted"), seen::toString);
      }
    }
  }

  /**
   * Whether the first attempt is pending or refused, the winner's address is then dialled on the
   * program's socket.
   */
  @Test
  @Tag("one-jdk")
  void onlyTheAddressOfASiblingThatWinsIsDialledTwice() throws Exception {
    for (String first : List.of(AgentLab.DEAD.get(0), AgentLab.REFUSED.get(0))) {
      try (AgentLab lab = AgentLab.talk().with("sibling.test", first, COUNTED);
          TalkServer server = TalkServer.plain(COUNTED, lab.port())) {
        Map<String, Facts> seen = run(lab, "sibling.test");
        for (RawSocket.Kind kind : RawSocket.Kind.possible()) {
          assertEquals(COUNTED, seen.get(kind.name()).get("peer"), seen::toString);
        }
        assertEquals(2 * RawSocket.Kind.possible().size(), server.accepted());
      }
    }
  }

  private static Map<String, Facts> run(AgentLab lab, String name, String... late)
      throws Exception {
    String[] arguments = new String[2 + late.length];
    arguments[0] = Integer.toString(lab.port());
    arguments[1] = name;
    System.arraycopy(late, 0, arguments, 2, late.length);
    ForkedJvm.Outcome outcome =
        lab.agent("delay=100ms,history=off,adoption=redial")
            .flags(JdkInside.FLAGS)
            .run(OnceProbe.class, arguments);
    assertEquals("", outcome.stderr());
    return Facts.parse(outcome.stdout());
  }
}
