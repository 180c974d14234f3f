package io.heagent.it.jdk;

import io.heagent.it.startup.DialAll;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permission;
import java.security.PermissionCollection;
import java.security.Permissions;
import java.security.Policy;
import java.security.ProtectionDomain;

/**
 * Arguments: host, port, java or own, forbidden address. Connects in every way, sets a security
 * manager, Java's with a policy that allows everything or one of its own that forbids one address
 * to this program's code, and connects again.
 */
public final class GuardedProbe {
  private GuardedProbe() {}

  @SuppressWarnings("removal") // Programs of today's JDK 17 have not stopped.
  public static void main(String[] args) throws InterruptedException {
    String[] target = {args[0], args[1]};
    DialAll.main(target);
    if (args[2].equals("java")) {
      Policy.setPolicy(new Everything());
      System.setSecurityManager(new SecurityManager());
    } else {
      System.setSecurityManager(new Own(args[3]));
    }
    System.out.println("set");
    DialAll.main(target);
  }

  @SuppressWarnings("removal")
  private static final class Everything extends Policy {
    @Override
    public PermissionCollection getPermissions(CodeSource source) {
      PermissionCollection all = new Permissions();
      all.add(new AllPermission());
      return all;
    }

    @Override
    public boolean implies(ProtectionDomain domain, Permission permission) {
      return true;
    }
  }

  @SuppressWarnings("removal")
  private static final class Own extends SecurityManager {
    private final String forbidden;

    Own(String forbidden) {
      this.forbidden = forbidden;
    }

    @Override
    public void checkConnect(String host, int port) {
      if (host.equals(forbidden)) {
        throw new SecurityException(host);
      }
    }

    @Override
    public void checkPermission(Permission permission) {
      // Everything else is allowed, as by the many managers that only forbid System.exit.
    }
  }
}
