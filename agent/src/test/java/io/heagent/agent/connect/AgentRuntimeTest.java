package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.connect.candidates.CandidateServices;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.socket.OptionsInUse;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AgentRuntimeTest {

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  private static AgentRuntime runtime(String arguments) {
    SettingsReader reader = new SettingsReader(new Properties(), Map.of());
    return new AgentRuntime(reader.layers(arguments), false, true, true, new OptionsInUse());
  }

  private static CandidateServices services(AgentRuntime runtime) {
    return runtime.channels().races().candidates();
  }

  @Test
  void whatIsSharedIsMadeOnce() {
    AgentRuntime runtime = runtime("nat64=off");
    assertSame(runtime.bindings(), runtime.bindings());
    assertSame(runtime.targets(), runtime.targets());
    assertNull(runtime.stepsIfMade(), "nothing that may be raced has been seen");
    assertSame(runtime.steps(), runtime.steps());
    assertSame(runtime.steps(), runtime.stepsIfMade());
    assertSame(runtime.channels(), runtime.channels());
    assertSame(services(runtime), services(runtime));
    assertSame(runtime.names(), services(runtime).lookups());
    assertNull(services(runtime).nat64());
    assertNotNull(services(runtime("")).nat64());
  }
}
