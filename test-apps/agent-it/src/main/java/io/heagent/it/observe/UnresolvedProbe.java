package io.heagent.it.observe;

import io.heagent.it.startup.Dial;
import java.net.InetSocketAddress;

/** Arguments: host, port. Connects to the name, and leaves it to the agent to look that up. */
public final class UnresolvedProbe {
  private UnresolvedProbe() {}

  public static void main(String[] args) {
    System.out.println(
        Dial.outcome(InetSocketAddress.createUnresolved(args[0], Integer.parseInt(args[1]))));
  }
}
