package io.heagent.agent.observe;

import io.heagent.agent.log.Faults;
import io.heagent.agent.log.Log;
import io.heagent.engine.address.AddressText;
import java.net.InetSocketAddress;

/** The line at {@code log=debug} about a connect that is left alone; loaded at that level only. */
final class LeftAloneLine {

  private LeftAloneLine() {}

  /** Never throws. */
  static void print(InetSocketAddress target, Reason why) {
    try {
      // The host's string and not its name, for which DNS would be asked.
      String to = AddressText.hostAndPort(target.getHostString(), target.getPort());
      Log.debug(to + " is left alone (" + why.text() + ")");
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }
}
