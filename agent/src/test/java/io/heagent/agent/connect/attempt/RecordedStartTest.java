package io.heagent.agent.connect.attempt;

import static io.heagent.agent.connect.blocking.BlockingRig.A;
import static io.heagent.agent.connect.blocking.BlockingRig.B;
import static io.heagent.agent.connect.blocking.BlockingRig.C;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.blocking.BlockingRig;
import io.heagent.agent.connect.blocking.BlockingRig.Form;
import io.heagent.agent.connect.channel.ChannelRig;
import io.heagent.agent.connect.fake.BridgeClasses;
import io.heagent.agent.connect.fake.FakeNetwork;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Recorded starts lie as far apart as the delay, and so do the packets, although a recording takes
 * its time before the first attempt: it loads its classes.
 */
class RecordedStartTest {
  private static final long LOADING_NANOS = 20_000_000L;

  private static final class Trace implements RaceTrace {
    final List<Long> starts = new ArrayList<>();
    private final FakeNetwork network;
    private boolean loaded;
    private long begun;

    Trace(FakeNetwork network) {
      this.network = network;
    }

    @Override
    public void starting() {
      if (!loaded) {
        network.park(this, LOADING_NANOS);
        loaded = true;
      }
      begun = network.ms();
    }

    @Override
    public void started(InetAddress address) {
      starts.add(begun);
    }

    @Override
    public void ended(int attempt, Outcome outcome, Throwable cause) {}

    @Override
    public void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown) {}
  }

  @BeforeAll
  static void defineBridge() {
    BridgeClasses.define();
  }

  private static void assertDelays(Trace trace, List<String> log) {
    assertEquals(List.of(20L, 270L, 520L), trace.starts);
    assertEquals(
        List.of("20 dial " + A, "270 dial " + B, "520 dial " + C),
        log.stream().filter(line -> line.contains("dial")).toList());
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"PLAIN", "VIRTUAL"})
  void ofABlockingConnect(Form form) {
    BlockingRig rig = new BlockingRig(form, A, B, C).accepts(C, 30);
    Trace trace = new Trace(rig.network);
    rig.request.trace(trace);
    assertEquals("550 connected to " + C, rig.run());
    assertDelays(trace, rig.log());
  }

  @Test
  void ofAChannel() {
    ChannelRig rig = ChannelRig.selected(A, B, C).accepts(C, 30);
    Trace trace = new Trace(rig.network);
    rig.request.trace(trace);
    rig.connect().through(60_000);
    assertDelays(trace, rig.network.log);
  }
}
