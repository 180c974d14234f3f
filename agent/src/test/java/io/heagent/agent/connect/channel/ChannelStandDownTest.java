package io.heagent.agent.connect.channel;

import static io.heagent.agent.connect.channel.ChannelRig.A;
import static io.heagent.agent.connect.channel.ChannelRig.B;
import static io.heagent.agent.connect.channel.ChannelRig.C;
import static io.heagent.agent.connect.channel.ChannelRig.adopts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.core.Outcome;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel's race stands down where the program's thread seems to race by itself. */
class ChannelStandDownTest {
  private static final long MS = 1_000_000L;

  private final EndpointRegistry registry = new EndpointRegistry(new AgentLoop());

  /** What was told of the race: whether it was reordered, and whether it stood down. */
  private final List<String> recorded = new ArrayList<>();

  /** The same thread begins a connect to this address of the name. */
  private Ticket begin(String address) {
    Ticket start = new Ticket(Ip.of(address), false, 1, 0);
    return registry.begin("host.example", 443, start, 250 * MS, 0);
  }

  private ChannelRig to(String... addresses) {
    ChannelRig rig = ChannelRig.selected(addresses);
    rig.request.ticket(begin(addresses[0])).trace(new Trace());
    return rig;
  }

  private final class Trace implements RaceTrace {
    @Override
    public void starting() {}

    @Override
    public void started(InetAddress address) {}

    @Override
    public void ended(int attempt, Outcome outcome, Throwable cause) {}

    @Override
    public void over(InetAddress winner, String outcome, boolean reordered, boolean stoodDown) {
      recorded.add(outcome + " " + reordered + " " + stoodDown);
    }
  }

  @Test
  void siblingsJoinAfterTwoDelays() {
    ChannelRig rig = to(A, C).accepts(C, 30);
    begin(B);
    assertTrue(rig.call().ticket().standsDown());
    adopts(rig.connect(), 530, C, "0 dial " + A, "500 dial " + C);
    assertEquals(List.of("won false true"), recorded);
  }

  @Test
  void withoutAnotherConnectInFlightTheyJoinAfterOne() {
    ChannelRig rig = to(A, C).accepts(C, 30);
    assertFalse(rig.call().ticket().standsDown());
    adopts(rig.connect(), 280, C, "0 dial " + A, "250 dial " + C);
    assertEquals(List.of("won false false"), recorded);
  }

  /** A refusal is followed at once: the program has no outcome of its own to wait for. */
  @Test
  void aRefusalIsFollowedAtOnce() {
    ChannelRig rig = to(A, C).refuses(A, 20).accepts(C, 30);
    begin(B);
    adopts(rig.connect(), 50, C, "0 dial " + A, "20 dial " + C);
  }
}
