package io.heagent.it.observe;

import io.heagent.it.startup.Dial;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * Arguments: what to do once the agent's MBean is there, host, port, URL or nothing. Uses JMX,
 * connects until the MBean is there, and then prints its attributes, uses its operations, or prints
 * what an exporter says at the URL.
 */
public final class ManagedProbe {
  private static final long PAUSE_MILLIS = 200;
  private static final int MOST_CONNECTS = 100;

  private static MBeanServer server;
  private static ObjectName name;

  private ManagedProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = new InetSocketAddress(args[1], Integer.parseInt(args[2]));
    System.out.println(Dial.outcome(to));
    name = new ObjectName("io.heagent:type=Agent");
    server = ManagementFactory.getPlatformMBeanServer();
    for (int i = 0; !server.isRegistered(name); i++) {
      if (i == MOST_CONNECTS) {
        throw new IOException("there is no MBean");
      }
      Thread.sleep(PAUSE_MILLIS);
      Dial.outcome(to);
    }
    switch (args[0]) {
      case "attributes" -> attributes();
      case "operations" -> operations(to);
      default -> exported(args[3]);
    }
  }

  private static void attributes() throws JMException {
    Map<String, String> all = new TreeMap<>();
    for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
      Object value = server.getAttribute(name, attribute.getName());
      if (value instanceof TabularData table) {
        for (Object row : table.values()) {
          CompositeData data = (CompositeData) row;
          all.put(attribute.getName() + " " + data.get("key"), data.get("value").toString());
        }
      } else if (value instanceof String[] list) {
        all.put(attribute.getName(), Arrays.toString(list));
      } else {
        all.put(attribute.getName(), value.toString());
      }
    }
    all.forEach((key, value) -> System.out.println(key + " = " + value));
  }

  private static void operations(InetSocketAddress to) throws JMException {
    server.setAttribute(name, new Attribute("Mode", "off"));
    System.out.println(server.getAttribute(name, "Mode") + ": " + Dial.outcome(to));
    server.invoke(name, "set", new Object[] {"mode=race"}, new String[] {String.class.getName()});
    System.out.println(server.getAttribute(name, "Mode") + ": " + Dial.outcome(to));
    server.invoke(name, "forgetHistory", null, null);
    System.out.println("dead: " + server.getAttribute(name, "DeadAddresses"));
    try {
      server.invoke(
          name, "set", new Object[] {"mode=maybe"}, new String[] {String.class.getName()});
    } catch (RuntimeMBeanException refused) {
      System.out.println(refused.getCause().getMessage());
    }
  }

  /**
   * Exporters look for MBeans now and then, and add one attribute after the other: this asks until
   * they have found the agent's, and export no more than the time before.
   */
  private static void exported(String url) throws IOException, InterruptedException {
    List<String> before = List.of();
    List<String> lines = ours(url);
    for (int i = 0; (lines.isEmpty() || lines.size() > before.size()) && i < MOST_CONNECTS; i++) {
      Thread.sleep(PAUSE_MILLIS);
      before = lines;
      lines = ours(url);
    }
    lines.forEach(System.out::println);
  }

  private static List<String> ours(String url) throws IOException {
    return fetched(url).lines().filter(line -> line.contains("heagent_")).toList();
  }

  private static String fetched(String url) throws IOException {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
