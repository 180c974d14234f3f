package io.heagent.it.crowd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.heagent.it.channel.ChannelLab;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** A virtual thread whose connect was raced gives its carrier up when it reads. */
@Tag("jvm")
@Tag("beside-others")
class CarrierIT {
  @TestFactory
  @EnabledForJreRange(min = JRE.JAVA_21)
  Stream<DynamicTest> readParks() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (ChannelLab lab = new ChannelLab()) {
      for (String adoption : List.of("dup", "redial")) {
        Side.facts(
                lab.agent("delay=50ms,history=off,adoption=" + adoption)
                    .withC2()
                    .flags("-Djdk.virtualThreadScheduler.parallelism=1")
                    .flags("-Djdk.virtualThreadScheduler.maxPoolSize=1"),
                CarrierProbe.class)
            .values()
            .forEach(facts -> tests.add(test(adoption, facts)));
      }
    }
    assertEquals(24, tests.size());
    return tests.stream();
  }

  private static DynamicTest test(String adoption, Facts facts) {
    return dynamicTest(
        adoption + ", " + facts.name(), () -> assertEquals("ok", facts.get("result")));
  }
}
