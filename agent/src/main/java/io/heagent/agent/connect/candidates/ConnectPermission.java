package io.heagent.agent.connect.candidates;

import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.log.Log;
import java.net.InetAddress;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Asks the security manager, if there is one, what the program's code may connect to. There are
 * security managers up to JDK 23 (JEP 486).
 *
 * <p>With Java's own manager nothing is raced. In its policies, a permission for a name applies to
 * the first address of that name only, so a policy that names hosts forbids the siblings. And a
 * question about another address may take a reverse look-up, for which neither a channel nor the
 * loop can wait. If the program has a manager of its own, which mostly only keeps it from exiting,
 * that manager is asked about each address, with the rights of the code that has called {@code
 * connect}.
 */
@SuppressWarnings("removal") // There is nothing else to ask.
public final class ConnectPermission {

  private ConnectPermission() {}

  /** Whether Java's own security manager is set; then one line says that nothing is raced. */
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

  /** The rights of the code on this thread's stack; null if there is no security manager. */
  public static AccessControlContext ofThread() {
    return System.getSecurityManager() == null ? null : AccessController.getContext();
  }

  /** Whether the code that asked for the connect may connect to an address. */
  static boolean permit(ConnectRequest request, InetAddress address) {
    SecurityManager manager = System.getSecurityManager();
    if (manager == null) {
      return true;
    } else if (request.rights() == null || manager.getClass() == SecurityManager.class) {
      // The manager was set after the connect had begun.
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
