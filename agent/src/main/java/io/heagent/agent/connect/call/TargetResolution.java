package io.heagent.agent.connect.call;

import java.net.InetAddress;
import java.util.List;

/** The result of the look-up of a name that the program has not looked up itself. Immutable. */
public sealed interface TargetResolution {

  /**
   * The race can begin.
   *
   * @param addresses what can be dialled, in the order in which it is to be; not empty
   */
  public record Resolved(KnownAddresses known, List<InetAddress> addresses)
      implements TargetResolution {}

  /** A channel that must not wait: the race begins with nothing, and looks the name up. */
  public record NotYet(KnownAddresses known) implements TargetResolution {}

  /**
   * There is no such name, or the socket can reach none of its addresses: the JDK throws its own
   * exception.
   */
  public record NoSuchName() implements TargetResolution {}

  /** The program's timeout ended first; the JDK's connect reports it. */
  public record TimedOut() implements TargetResolution {}

  /** The program's thread was interrupted first; the JDK's connect reports it. */
  public record Interrupted() implements TargetResolution {}

  /** The program has closed its socket meanwhile. */
  public record Closed() implements TargetResolution {}
}
