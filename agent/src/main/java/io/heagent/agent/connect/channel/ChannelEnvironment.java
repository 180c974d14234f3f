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
 * What all channel races of a JVM share. Selectors, channel groups and closing threads ask it about
 * a channel that may be racing; it finds the race and passes the question on. Immutable; any
 * thread.
 *
 * @param races what channel races share with blocking ones
 * @param redial whether the address of a winner is dialled again on the program's own descriptor
 *     instead of duplicating the winner's descriptor
 * @param whenOver called with each connect that is over for the program, and with its outcome
 */
public record ChannelEnvironment(
    RaceEnvironment races,
    Selectors selectors,
    ChannelRaceRegistry registry,
    ConnectedPeers peers,
    boolean redial,
    BiConsumer<ConnectCall, ConnectOutcome> whenOver) {

  /** Makes the environment that uses the selectors of this JVM. */
  public static ChannelEnvironment ofJvm(
      RaceEnvironment races,
      ConnectedPeers peers,
      boolean redial,
      BiConsumer<ConnectCall, ConnectOutcome> whenOver) {
    Selectors selectors = new Selectors.OfJvm();
    return new ChannelEnvironment(
        races, selectors, new ChannelRaceRegistry(selectors), peers, redial, whenOver);
  }

  /** The event loop on which the races run. */
  public RaceLoop loop() {
    return races.loop();
  }

  /**
   * Called on a thread of the program when a channel's own descriptor has an event.
   *
   * @param key the selected key; null for an asynchronous channel
   * @param connected whether the event itself says that the descriptor is connected
   * @return whether the event is hidden from the program
   */
  public boolean isSwallowed(FileDescriptor fd, SelectionKey key, boolean connected) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    if (race == null || !race.isSwallowed(connected)) {
      // The event is hidden until the selector has looked at the key again. By then the selector
      // has also consumed any wake-up of the agent, which would otherwise end the program's next
      // select with nothing selected.
      if (key == null || !registry.takesBack(key)) {
        return false;
      }
    }
    if (key != null) {
      // The selector looks at the key next, and registers nothing for it until the race is over.
      selectors.queueUpdate(key);
      SelectionOperation.swallowed();
    }
    return true;
  }

  /**
   * Called when the JDK asks whether the descriptor is connected; returns the answer of {@code
   * HeHook.pollConnect}.
   */
  public int pollConnect(FileDescriptor fd) throws IOException {
    ChannelRaceRegistry.Race race = registry.get(fd);
    return race == null ? HeHook.PROCEED : race.pollOrWait();
  }

  /** Whether a race keeps the selector from registering the key's interest set. */
  public boolean isHeld(FileDescriptor fd, SelectionKey key) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    return race != null && race.holds(key);
  }

  /** Called before a channel is closed; cancels its race. */
  public void closing(FileDescriptor fd) {
    ChannelRaceRegistry.Race race = registry.get(fd);
    if (race != null) {
      race.cancel();
    }
  }
}
