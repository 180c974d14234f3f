package io.heagent.engine.net;

import io.heagent.engine.address.PolicyTable;
import io.heagent.engine.history.ConnectHistory;

/**
 * How the addresses of a connect are found and ordered. Immutable.
 *
 * @param resolution how to look the host up; null for the JDK's combined look-up, see {@link
 *     io.heagent.engine.resolve.SystemResolver#combined}
 * @param policy the table by which addresses are sorted as RFC 6724 says; null keeps their order
 * @param history moves suspects to the end, proposes the delay after each attempt, and is told the
 *     outcome; null for none
 */
public record AddressPlan(Resolution resolution, PolicyTable policy, ConnectHistory history) {

  /** The JDK's look-up and order, without a history. */
  public static final AddressPlan DEFAULT = new AddressPlan(null, null, null);

  /** A copy that looks names up in this way. */
  public AddressPlan with(Resolution newResolution) {
    return new AddressPlan(newResolution, policy, history);
  }

  /** A copy that sorts by this table. */
  public AddressPlan with(PolicyTable newPolicy) {
    return new AddressPlan(resolution, newPolicy, history);
  }

  /** A copy with this history. */
  public AddressPlan with(ConnectHistory newHistory) {
    return new AddressPlan(resolution, policy, newHistory);
  }
}
