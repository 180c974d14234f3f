package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Log;
import java.net.InetAddress;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * What the program's code may connect to where a security manager guards that (up to JDK 23: JEP
 * 486).
 *
 * <p>With Java's own manager nothing is raced. In its policies a permission for a name is one for
 * the first of the name's addresses, so that siblings are forbidden where the policy names hosts;
 * and to ask it about another address may take a look-up in reverse, for which neither a channel
 * nor the loop can wait. A manager of the program's own, mostly one that only keeps it from
 * exiting, is asked about each address with the rights of the code that has called {@code connect}.
 */
@SuppressWarnings("removal") // There is nothing else to ask.
public final class ConnectPermission {

  private ConnectPermission() {}

  /** Whether there is Java's own security manager; says once that nothing is raced then. */
  public static boolean forbidRaces() {
    SecurityManager manager = System.getSecurityManager();
    if (manager == null || manager.getClass() != SecurityManager.class) {
      return false;
    }
    Log.warnOnce(
        "the program has set a security manager: from now on connects are not raced, because a"
            + " permission for a name is one for its first address only");
    return true;
  }

  /** Those of the code on this thread's stack; null where there is no security manager. */
  public static AccessControlContext ofThread() {
    return System.getSecurityManager() == null ? null : AccessController.getContext();
  }

  /** Whether the code that asked for the connect may connect to an address. */
  static boolean permit(ConnectRequest request, InetAddress address) {
    SecurityManager manager = System.getSecurityManager();
    if (manager == null) {
      return true;
    } else if (request.rights() == null || manager.getClass() == SecurityManager.class) {
      // It has come since the connect began.
      return false;
    }
    PrivilegedAction<Boolean> question =
        () -> {
          manager.checkConnect(address.getHostAddress(), request.port());
          return true;
        };
    try {
      return AccessController.doPrivileged(question, request.rights());
    } catch (SecurityException forbidden) {
      return false;
    }
  }
}
