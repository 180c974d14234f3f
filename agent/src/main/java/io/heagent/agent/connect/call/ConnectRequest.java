package io.heagent.agent.connect.call;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.AccessControlContext;

/**
 * What the program asked for: one connect of one socket. Immutable.
 *
 * @param startedAt when it began, by {@link System#nanoTime}
 * @param timeoutNanos the program's timeout; 0 or less for none
 * @param bounds null for none, as nearly every connect has
 */
public record ConnectRequest(
    ProgramSocket socket, Target target, long startedAt, long timeoutNanos, Bounds bounds) {

  /**
   * What is asked for: a target that may be raced. Immutable.
   *
   * @param address the address that the program connects to; not resolved if it gave a name only
   * @param host the name by which the address was looked up, or the literal if it has no name
   * @param rule how connects to this host and port are raced
   * @param known all addresses of the name; not to be changed. Null if only a look-up can tell
   *     them, and for a name that is not resolved
   */
  @SuppressWarnings("ArrayRecordComponent") // It is compared with nothing and never printed.
  public record Target(
      InetSocketAddress address, String host, RaceRule rule, InetAddress[] known) {}

  /**
   * What binds the connect, and the sockets of its fallback attempts too. Immutable.
   *
   * @param local the address that the program has bound its socket to; null for any
   * @param localPort the port that the program's own socket is bound to; 0 for none
   * @param rights the access rights of the code that connects; null if there is no security manager
   */
  @SuppressWarnings("removal") // AccessControlContext is of use up to JDK 23: JEP 486.
  public record Bounds(InetAddress local, int localPort, AccessControlContext rights) {

    /** Null if there are none. */
    public static Bounds of(InetAddress local, int localPort, AccessControlContext rights) {
      boolean none = local == null && localPort == 0 && rights == null;
      return none ? null : new Bounds(local, localPort, rights);
    }
  }

  /** The name, or the literal if the address has no name. */
  public String host() {
    return target.host;
  }

  public int port() {
    return target.address.getPort();
  }

  /** The address that the program chose; null if it gave a name only. */
  public InetAddress requested() {
    return target.address.getAddress();
  }

  /** How connects to this host and port are raced. */
  public RaceRule rule() {
    return target.rule;
  }

  /** The address that the program has bound its socket to; null for any. */
  public InetAddress local() {
    return bounds == null ? null : bounds.local;
  }

  /** The port that the program's own socket is bound to; 0 for none. */
  public int localPort() {
    return bounds == null ? 0 : bounds.localPort;
  }

  /** The access rights of the code that connects; null if there is no security manager. */
  @SuppressWarnings("removal") // As above.
  public AccessControlContext rights() {
    return bounds == null ? null : bounds.rights;
  }

  /**
   * Whether the program chose the address itself. The program may have checked that address, so a
   * sibling must not be more private than it.
   */
  public boolean isVetted() {
    return requested() != null;
  }

  /**
   * The time at which the program's timeout ends, by {@link System#nanoTime}; {@link
   * DialOrder#NEVER} for none.
   */
  public long deadline() {
    return timeoutNanos <= 0 ? DialOrder.NEVER : startedAt + timeoutNanos;
  }
}
