package io.heagent.agent.connect.channel;

import io.heagent.agent.connect.attempt.RaceEnvironment;
import io.heagent.agent.connect.attempt.RaceLoop;
import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.call.ConnectedPeers;
import io.heagent.agent.connect.selection.SelectionOperation;
import io.heagent.agent.connect.selection.Selectors;
import io.heagent.engine.coordination.ConnectOutcome;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.function.BiConsumer;
import sun.nio.ch.HeHook;

/**
 * What all channels' races of a JVM share, and what selectors, groups and closing threads do with a
 * channel that may have one: finds the race, and hands it on. Immutable; any thread.
 *
 * @param races what they share with the blocking ones
 * @param redial whether winners are dialled again instead of being duplicated
 * @param whenOver told of each connect that is over for the program, and how it has ended
 */
public record ChannelEnvironment(
    RaceEnvironment races,
    Selectors selectors,
    ChannelRaceRegistry registry,
    ConnectedPeers peers,
    boolean redial,
    BiConsumer<ConnectCall, ConnectOutcome> whenOver) {

  /** With the selectors of this JVM. */
  public static ChannelEnvironment ofJvm(
      RaceEnvironment races,
      ConnectedPeers peers,
      boolean redial,
      BiConsumer<ConnectCall, ConnectOutcome> whenOver) {
    Selectors selectors = new Selectors.OfJvm();
    return new ChannelEnvironment(
        races, selectors, new ChannelRaceRegistry(selectors), peers, redial, whenOver);
  }

  /** The event loop on which they run. */
  public RaceLoop loop() {
    return races.loop();
  }

  /**
   * A channel's own descriptor has an event, on a thread of the program.
   *
   * @param key null for an asynchronous channel
   * @param connected whether the event itself says that it is connected
   * @return whether the program is not to see it
   */
  public boolean isSwallowed(FileDescriptor fd, SelectionKey key, boolean connected) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    if (race == null || !race.isSwallowed(connected)) {
      // The outcome is not shown before the selector has looked at the key, and with that has any
      // wake-up of ours behind it: the program's next select would be ended by that.
      if (key == null || !registry.takesBack(key)) {
        return false;
      }
    }
    if (key != null) {
      // Nothing is to be registered until the race is over; its selector sees to it next.
      selectors.queueUpdate(key);
      SelectionOperation.swallowed();
    }
    return true;
  }

  /**
   * The JDK asks whether the descriptor is connected: what {@code HeHook.pollConnect} is to say.
   */
  public int pollConnect(FileDescriptor fd) throws IOException {
    ChannelRaceRegistry.Race race = registry.get(fd);
    return race == null ? HeHook.PROCEED : race.pollOrWait();
  }

  /** Whether the race of a channel keeps the key's interest from being registered. */
  public boolean isHeld(FileDescriptor fd, SelectionKey key) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    return race != null && race.holds(key);
  }

  /** A channel is about to be closed. */
  public void closing(FileDescriptor fd) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    if (race != null) {
      race.cancel();
    }
  }
}
