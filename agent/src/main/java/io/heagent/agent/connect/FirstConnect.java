package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.jdk.Support;
import io.heagent.agent.log.Faults;
import java.util.function.BooleanSupplier;

/**
 * Does at the first connect what the agent's start leaves undone, because most programs that are
 * given an agent never connect. The first thread of the program that connects runs it, under the
 * monitor of {@code HeHook}'s class. If it throws, the next thread runs it again.
 */
public final class FirstConnect implements Runnable {

  private final Layers settings;
  private final boolean redial;
  private final Support support;
  private final boolean options;
  private final BooleanSupplier racers;

  private FirstConnect(
      Layers settings, boolean redial, Support support, boolean options, BooleanSupplier racers) {
    this.settings = settings;
    this.redial = redial;
    this.support = support;
    this.options = options;
    this.racers = racers;
  }

  /**
   * Has connects raced from the first one on.
   *
   * @param settings null if nothing was set
   * @param redial whether winners are dialled again instead of being duplicated
   * @param options whether a hook notes each option that any socket is given
   * @param racers whether the JVM may have loaded a client that races by itself; null if that is
   *     not known
   */
  public static void install(
      Layers settings, boolean redial, Support support, boolean options, BooleanSupplier racers) {
    LateBridge.startHookWith(new FirstConnect(settings, redial, support, options, racers));
  }

  @Override
  public void run() {
    try {
      LateBridge.install(support.bridge());
      ConnectHook.printLater();
      ConnectHook.install(settings, redial, support.select(), support.async(), options, racers);
    } catch (Exception | Error failed) {
      Faults.unexpected(failed);
      throw new IllegalStateException(failed);
    }
  }
}
