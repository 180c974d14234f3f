package io.heagent.agent.connect.call;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.engine.order.DialOrder;
import java.net.InetAddress;
import java.security.AccessControlContext;

/**
 * What the program asked for: one connect of one socket. Immutable.
 *
 * @param host the name, or the literal if the address has no name
 * @param requested the address that the program chose; null if it gave a name only
 * @param rule how connects to this host and port are raced
 * @param startedAt when it began, by {@link System#nanoTime}
 * @param timeoutNanos the program's timeout; 0 or less for none
 * @param local the address that the program has bound its socket to; sockets of fallback attempts
 *     are bound to it too. Null for any
 * @param localPort the port that the program's own socket is bound to; sockets of fallback attempts
 *     are bound to it too. 0 for none
 * @param rights the access rights of the code that connects; null if there is no security manager
 */
@SuppressWarnings("removal") // AccessControlContext is of use up to JDK 23: JEP 486.
public record ConnectRequest(
    ProgramSocket socket,
    String host,
    int port,
    InetAddress requested,
    RaceRule rule,
    long startedAt,
    long timeoutNanos,
    InetAddress local,
    int localPort,
    AccessControlContext rights) {

  /**
   * Whether the program chose the address itself. The program may have checked that address, so a
   * sibling must not be more private than it.
   */
  public boolean isVetted() {
    return requested != null;
  }

  /**
   * The time at which the program's timeout ends, by {@link System#nanoTime}; {@link
   * DialOrder#NEVER} for none.
   */
  public long deadline() {
    return timeoutNanos <= 0 ? DialOrder.NEVER : startedAt + timeoutNanos;
  }
}
