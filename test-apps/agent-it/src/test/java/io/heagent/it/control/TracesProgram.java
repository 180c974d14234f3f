package io.heagent.it.control;

import io.heagent.it.startup.Dial;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Arguments: host, port. For each line that it reads it connects once, and tells in a line what an
 * agent may have left in this JVM: in classes, among threads and properties, and of its own. With a
 * third argument, a host, a channel begins to connect to that before, and goes on until the input
 * ends.
 */
public final class TracesProgram {
  private static final List<String> CLASSES =
      List.of(
          "java.net.InetAddress",
          "sun.nio.ch.AsynchronousSocketChannelImpl",
          "sun.nio.ch.EPollSelectorImpl",
          "sun.nio.ch.Net",
          "sun.nio.ch.NioSocketImpl",
          "sun.nio.ch.PollSelectorImpl",
          "sun.nio.ch.SelectionKeyImpl",
          "sun.nio.ch.SelectorImpl",
          "sun.nio.ch.SocketChannelImpl",
          "sun.nio.ch.UnixAsynchronousSocketChannelImpl");

  private static final int MOST_COLLECTIONS = 100;

  private TracesProgram() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    List<SocketChannel> pending = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (lines.readLine() != null) {
      if (args.length > 2) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(new InetSocketAddress(args[2], to.getPort()));
        pending.add(channel);
      }
      System.out.println(traces(Dial.outcome(to)));
    }
    for (SocketChannel channel : pending) {
      channel.close();
    }
  }

  private static String traces(String outcome) throws Exception {
    List<String> traces = new ArrayList<>();
    traces.add(outcome);
    for (String name : CLASSES) {
      Class<?> type = Class.forName(name, false, null);
      CRC32 crc = new CRC32();
      crc.update(WatchingAgent.classFile(type));
      traces.add(name + " " + Long.toHexString(crc.getValue()));
    }
    TreeSet<String> threads = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("he-agent")) {
        threads.add(thread.getName());
      }
    }
    traces.add("threads " + threads);
    traces.add("properties " + new TreeSet<>(System.getProperties().stringPropertyNames()));
    boolean left = WatchingAgent.loadedBy("io.heagent.agent.AgentClassLoader") > 0;
    for (int i = 0; left && i < MOST_COLLECTIONS; i++) {
      System.gc();
      Thread.sleep(10);
      left = WatchingAgent.loadedBy("io.heagent.agent.AgentClassLoader") > 0;
    }
    traces.add("classes of the agent " + left);
    return String.join("; ", traces);
  }
}
