package io.heagent.it.startup;

import io.heagent.testkit.jvm.beside.OwnBeanServerBuilder;
import io.heagent.testkit.jvm.beside.OwnLogManager;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.logging.LogManager;

/**
 * Chooses the program's own LogManager and MBean server builder in {@code main}, which works only
 * while nobody has initialised either, and tells what came of it.
 */
public final class HonouredProbe {
  private HonouredProbe() {}

  public static void main(String[] args) {
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.setProperty("javax.management.builder.initial", OwnBeanServerBuilder.class.getName());
    System.out.println(Dial.outcome(new InetSocketAddress(args[0], Integer.parseInt(args[1]))));
    System.out.println(LogManager.getLogManager().getClass().getSimpleName());
    ManagementFactory.getPlatformMBeanServer();
    System.out.println(OwnBeanServerBuilder.count() + " by OwnBeanServerBuilder");
  }
}
