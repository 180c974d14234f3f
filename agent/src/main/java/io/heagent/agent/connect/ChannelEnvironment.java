package io.heagent.agent.connect;

import io.heagent.engine.coordination.ConnectOutcome;
import java.util.function.BiConsumer;

/**
 * What all channels' races of a JVM share. Immutable.
 *
 * @param races what they share with the blocking ones
 * @param redial whether winners are dialled again instead of being duplicated
 * @param whenOver told of each connect that is over for the program, and how it has ended
 */
record ChannelEnvironment(
    RaceEnvironment races,
    RaceLoop loop,
    Selectors selectors,
    ChannelRaceRegistry registry,
    PeerAddresses peers,
    boolean redial,
    BiConsumer<ConnectCall, ConnectOutcome> whenOver) {

  /** With the loop and the selectors of this JVM. */
  static ChannelEnvironment ofJvm(
      PeerAddresses peers, boolean redial, BiConsumer<ConnectCall, ConnectOutcome> whenOver) {
    Selectors selectors = new Selectors.OfJvm();
    return new ChannelEnvironment(
        AgentRuntime.INSTANCE,
        new RaceLoop.OfJvm(),
        selectors,
        new ChannelRaceRegistry(selectors),
        peers,
        redial,
        whenOver);
  }
}
