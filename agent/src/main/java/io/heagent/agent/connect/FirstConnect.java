package io.heagent.agent.connect;

import io.heagent.agent.config.Layers;
import io.heagent.agent.jdk.LateBridge;
import io.heagent.agent.jdk.Support;
import io.heagent.agent.log.Faults;

/**
 * What a start leaves for the first connect: most programs that are given an agent never make one.
 * Run by whichever thread of the program is first, under the bridge's lock, and again by the next
 * one where it has thrown.
 */
public final class FirstConnect implements Runnable {

  private final Layers settings;
  private final boolean redial;
  private final Support support;
  private final boolean options;

  private FirstConnect(Layers settings, boolean redial, Support support, boolean options) {
    this.settings = settings;
    this.redial = redial;
    this.support = support;
    this.options = options;
  }

  /**
   * Has connects raced from the first one on.
   *
   * @param settings null where nobody has set anything
   * @param redial whether winners are dialled again instead of being duplicated
   * @param options whether each option of a socket that was ever set is told of
   */
  public static void install(Layers settings, boolean redial, Support support, boolean options) {
    LateBridge.startHookWith(new FirstConnect(settings, redial, support, options));
  }

  @Override
  public void run() {
    try {
      LateBridge.install(support.bridge());
      ConnectHook.printLater();
      ConnectHook.install(settings, redial, support.select(), support.async(), options);
    } catch (Exception | Error failed) {
      Faults.unexpected(failed);
      throw new IllegalStateException(failed);
    }
  }
}
