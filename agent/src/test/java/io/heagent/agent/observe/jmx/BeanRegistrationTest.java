package io.heagent.agent.observe.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.observe.Controls;
import io.heagent.agent.observe.ObservedHosts;
import io.heagent.agent.observe.Observer;
import io.heagent.agent.observe.Statistics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** When the MBean is registered, and that it does not outlive the agent. */
class BeanRegistrationTest {

  private final List<MBeanServer> servers = new ArrayList<>();
  private int threads;

  private final BeanRegistration registration =
      new BeanRegistration(new Statistics(new Observer(() -> {}), new None()), new None()) {
        @Override
        List<MBeanServer> servers() {
          return servers;
        }

        @Override
        void start(Runnable registering) {
          threads++;
          registering.run();
        }
      };

  private static final class None implements Statistics.Present, Controls {
    @Override
    public int deadAddresses() {
      return 0;
    }

    @Override
    public ObservedHosts observed() {
      return new ObservedHosts();
    }

    @Override
    public List<String> brokenAddresses() {
      return List.of();
    }

    @Override
    public List<String> set(List<String> items) {
      return List.of();
    }

    @Override
    public String mode() {
      return "race";
    }

    @Override
    public void forgetHistory() {}
  }

  private static MBeanServer platform() throws Exception {
    MBeanServer server = MBeanServerFactory.newMBeanServer();
    server.registerMBean(
        new StandardMBean(
            ManagementFactory.getRuntimeMXBean(), java.lang.management.RuntimeMXBean.class, true),
        new ObjectName("java.lang:type=Runtime"));
    return server;
  }

  private boolean isThere() throws Exception {
    return servers.get(servers.size() - 1).isRegistered(new ObjectName("io.heagent:type=Agent"));
  }

  @Test
  void thePlatformsServerGetsItOnce() throws Exception {
    assertFalse(registration.look());
    assertEquals(0, threads);
    servers.add(platform());
    assertTrue(registration.look());
    assertTrue(registration.look());
    assertEquals(1, threads);
    assertTrue(isThere());
    registration.end();
    assertFalse(isThere());
  }

  /** A thread each second would be one for each second of such a program's life. */
  @Test
  void serversOfTheProgramsOwnAreAskedLessAndLessOften() throws Exception {
    servers.add(MBeanServerFactory.newMBeanServer());
    for (int second = 0; second < 600; second++) {
      assertFalse(registration.look());
    }
    assertEquals(15, threads);
    servers.add(platform());
    assertTrue(registration.look(), "it is asked at once when there is another one");
    assertTrue(isThere());
  }

  /** The thread that registers has been under way when the agent left. */
  @Test
  void whatIsRegisteredTooLateIsTakenAway() throws Exception {
    servers.add(platform());
    registration.end();
    registration.run();
    assertFalse(isThere());
    registration.look();
    assertEquals(0, threads);
  }
}
