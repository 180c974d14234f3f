package io.heagent.agent.connect.candidates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.config.rule.RaceRule;
import io.heagent.agent.connect.call.ConnectRequest;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.log.Stderr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.AccessControlContext;
import java.security.Permission;
import java.security.Policy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;

/**
 * What a security manager of the program's lets a race dial. Later JDKs refuse one that is set
 * while the JVM runs; {@code SecurityManagerIT} starts JVMs with one.
 */
@EnabledOnJre(JRE.JAVA_17)
@SuppressWarnings("removal") // This is about what is removed.
class ConnectPermissionTest {

  private static final InetAddress A = Ip.of("192.0.2.1");
  private static final InetAddress B = Ip.of("192.0.2.2");

  private final SecurityManager before = System.getSecurityManager();
  private final Policy policy = Policy.getPolicy();
  private final Own own = new Own();
  private final Stderr stderr = new Stderr();

  /** Allows everything but one address. */
  private static final class Own extends SecurityManager {
    private final List<String> asked = new ArrayList<>();

    @Override
    public void checkPermission(Permission permission) {}

    @Override
    public void checkConnect(String host, int port) {
      asked.add(host + ":" + port);
      if (host.equals(B.getHostAddress())) {
        throw new SecurityException("not there");
      }
    }
  }

  private static final class Anything extends Policy {
    @Override
    public boolean implies(ProtectionDomain domain, Permission permission) {
      return true;
    }
  }

  @AfterEach
  void restore() {
    System.setSecurityManager(before);
    Policy.setPolicy(policy);
    stderr.close();
  }

  private static ConnectRequest request(AccessControlContext rights) {
    InetSocketAddress address = new InetSocketAddress(A, 443);
    return new ConnectRequest(
        new FakeProgramSocket(),
        new ConnectRequest.Target(address, "host.example", RaceRule.DEFAULT, null),
        0,
        0,
        ConnectRequest.Bounds.of(null, 0, rights));
  }

  @Test
  void withoutOneEverythingIsAllowed() {
    assertNull(ConnectPermission.ofThread());
    assertFalse(ConnectPermission.forbidRaces());
    assertTrue(ConnectPermission.permit(request(null), A));
  }

  @Test
  void ownManagerIsAskedAboutEachAddress() {
    System.setSecurityManager(own);
    AccessControlContext rights = ConnectPermission.ofThread();
    assertNotNull(rights);
    assertFalse(ConnectPermission.forbidRaces());
    assertTrue(ConnectPermission.permit(request(rights), A));
    assertFalse(ConnectPermission.permit(request(rights), B));
    assertEquals(List.of("192.0.2.1:443", "192.0.2.2:443"), own.asked);
  }

  /** It is not known what the code that began the connect may do. */
  @Test
  void managerThatCameAfterTheConnectAllowsNothing() {
    System.setSecurityManager(own);
    assertFalse(ConnectPermission.permit(request(null), A));
    assertEquals(List.of(), own.asked);
  }

  /** A candidate that the program may not connect to does not join. */
  @Test
  void forbiddenAddressIsNoCandidate() {
    System.setSecurityManager(own);
    ConnectRequest request = request(ConnectPermission.ofThread());
    CandidateServices services = new CandidateServices(Calls.strictGuard(), null, null, null, null);
    CandidateRules rules = new CandidateRules(request, services, null);
    InetAddress third = Ip.of("192.0.2.3");
    assertEquals(List.of(A, third), rules.usable(List.of(A, B, third)));
  }

  @Test
  void withJavasOwnNothingIsRacedAndOneLineSaysSo() {
    Policy.setPolicy(new Anything());
    AccessControlContext rights;
    boolean forbidden;
    boolean forbiddenAgain;
    boolean permitted;
    System.setSecurityManager(new SecurityManager());
    rights = ConnectPermission.ofThread();
    forbidden = ConnectPermission.forbidRaces();
    forbiddenAgain = ConnectPermission.forbidRaces();
    permitted = ConnectPermission.permit(request(rights), A);
    System.setSecurityManager(before);
    assertTrue(forbidden);
    assertTrue(forbiddenAgain);
    assertFalse(permitted);
    assertEquals(
        List.of(
            "[he-agent] the program has set a security manager: from now on connects are not raced,"
                + " because a permission for a name is one for its first address only"),
        stderr.lines().stream().filter(line -> line.startsWith("[he-agent]")).toList());
  }
}
