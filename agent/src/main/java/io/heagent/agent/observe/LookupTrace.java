package io.heagent.agent.observe;

import java.net.InetAddress;
import java.util.List;

/** What a recording notes of one look-up. Guarded by whoever has it; no method throws anything. */
public interface LookupTrace {

  /**
   * The look-up has ended.
   *
   * @param failure null for none
   */
  void ended(List<InetAddress> addresses, Throwable failure);
}
