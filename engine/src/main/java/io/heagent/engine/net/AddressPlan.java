package io.heagent.engine.net;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.history.ConnectHistory;

/**
 * Where addresses come from, and what orders them. Immutable.
 *
 * @param resolution how to look the host up; null for the JDK's combined look-up, see {@link
 *     io.heagent.engine.resolve.SystemResolver#combined}
 * @param policy by which to sort addresses as RFC 6724 says; null keeps their order
 * @param history what orders the addresses then, gives each attempt its delay and is told of the
 *     outcome; null for none
 */
public record AddressPlan(Resolution resolution, PolicyTable policy, ConnectHistory history) {

  /** The JDK's look-up and order, no history. */
  public static final AddressPlan DEFAULT = new AddressPlan(null, null, null);

  /** This plan with another way to look up. */
  public AddressPlan with(Resolution newResolution) {
    return new AddressPlan(newResolution, policy, history);
  }

  /** This plan with an order by this table. */
  public AddressPlan with(PolicyTable newPolicy) {
    return new AddressPlan(resolution, newPolicy, history);
  }

  /** This plan with a history. */
  public AddressPlan with(ConnectHistory newHistory) {
    return new AddressPlan(resolution, policy, newHistory);
  }
}
