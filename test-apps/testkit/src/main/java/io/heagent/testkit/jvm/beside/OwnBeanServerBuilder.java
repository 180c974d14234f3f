package io.heagent.testkit.jvm.beside;

import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;

/** A program's own builder of MBean servers; counts those it has built. */
public final class OwnBeanServerBuilder extends MBeanServerBuilder {
  private static int built;

  @Override
  public MBeanServer newMBeanServer(
      String domain, MBeanServer outer, MBeanServerDelegate delegate) {
    built();
    return super.newMBeanServer(domain, outer, delegate);
  }

  private static synchronized void built() {
    built++;
  }

  /** How many it has built. */
  public static synchronized int count() {
    return built;
  }
}
