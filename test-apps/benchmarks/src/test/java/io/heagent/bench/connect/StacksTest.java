package io.heagent.bench.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StacksTest {
  private static final String LOOP = "Loop.run";

  @Test
  void stackIsWhatItsLastFrameDoes() {
    Map<String, Long> samples =
        new Stacks(
                List.of(
                    "a/Main.main;Loop.run;sun/nio/ch/Net.connect0;__connect 7",
                    "a/Main.main;Loop.run;java/net/Socket.connect 5",
                    "a/Main.main;Loop.run;sun/nio/ch/HeHook.connect;sun/nio/ch/Net.connect0;__connect 3",
                    "a/Main.main;Loop.run;sun/nio/ch/HeHook.connect;java/util/HashMap.get 2",
                    "a/Main.main;Loop.run;io/heagent/agent/connect/call/ConnectCall.end 1",
                    "a/Main.main;Loop.run;io/heagent/agent/connect/call/ConnectCall.begin 1",
                    "a/Main.main;Loop.run;sun/nio/ch/HeHook.connect 4",
                    "a/Main.main;java/lang/ClassLoader.loadClass 100"),
                LOOP)
            .samples();

    assertEquals(
        Map.of(
            Stacks.JDK_CALLS,
            7L,
            Stacks.JDK_JAVA,
            5L,
            Stacks.AGENT_CALLS,
            3L,
            Stacks.AGENT_JAVA,
            2L,
            Stacks.ROOM + "io.heagent.agent.connect.call",
            2L,
            Stacks.ROOM + "sun.nio.ch",
            4L),
        samples);
  }
}
