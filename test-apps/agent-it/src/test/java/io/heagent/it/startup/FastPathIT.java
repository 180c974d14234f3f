package io.heagent.it.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.it.costs.CostLimits;
import io.heagent.it.costs.SystemCalls;
import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.Strace;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A name with several addresses of which the first is good: no extra socket, connect, thread,
 * selector or duplicate, and few extra system calls of any kind, by the trace of them.
 */
@Tag("jvm")
@Tag("every-jdk")
class FastPathIT extends StartCase {
  private static final int CONNECTS = 50;

  @BeforeEach
  void needsStrace() {
    assumeTrue(Strace.canTrace(), "strace is missing, or may not trace here");
  }

  @Test
  void nothingExtra() throws Exception {
    Map<String, Integer> plain = count(lab.plain(), SystemCalls.MAKING);
    Map<String, Integer> agent = count(raced(), SystemCalls.MAKING);
    for (FastPathProbe.Way way : FastPathProbe.Way.values()) {
      assertEquals(CONNECTS, plain.get(way + " connect"), plain::toString);
    }
    assertEquals(plain.toString(), agent.toString());
  }

  /** Of every kind; what the JDK itself does for a connect with a timeout is all that is needed. */
  @Test
  void fewExtraCalls() throws Exception {
    Map<String, Integer> plain = count(lab.plain(), SystemCalls.ALL);
    Map<String, Integer> agent = count(raced(), SystemCalls.ALL);
    for (FastPathProbe.Way way : FastPathProbe.Way.values()) {
      boolean timed = way == FastPathProbe.Way.SOCKET_TIMED || way == FastPathProbe.Way.ADAPTOR;
      CostLimits limit = timed ? CostLimits.CALLS_WITH_TIMEOUT : CostLimits.CALLS_WITHOUT_TIMEOUT;
      long most = CONNECTS * limit.most();
      int extra = SystemCalls.sum(agent, way) - SystemCalls.sum(plain, way);
      assertTrue(
          extra <= most,
          () -> way + ": " + extra + " more of at most " + most + ": " + agent + plain);
    }
  }

  /**
   * A long delay, so that a packet that a busy machine loses and sends again does not make the host
   * look dead.
   */
  private static ForkedJvm raced() {
    return lab.agent("delay=2s");
  }

  private static Map<String, Integer> count(ForkedJvm jvm, String calls) throws Exception {
    return SystemCalls.count(jvm, calls, Scenario.GOOD_FIRST.host(Service.TALK), port(), CONNECTS);
  }
}
