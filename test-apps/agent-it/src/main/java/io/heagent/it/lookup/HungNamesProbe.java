package io.heagent.it.lookup;

import com.sun.management.ThreadMXBean;
import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.it.lab.Facts;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Many channels whose siblings have to be looked up, each those of another name, while every
 * look-up hangs: what the agent's one loop does meanwhile, told by what it allocates. Arguments:
 * the pipe that is the hosts file, the file with what to write, the port, how many.
 */
public final class HungNamesProbe {
  /** As many as the agent has threads for. */
  private static final int THREADS = 256;

  private static final long WINDOW_MILLIS = 1_000;
  private static final int UNRELATED = 5;

  private HungNamesProbe() {}

  public static void main(String[] args) throws Exception {
    PipeResolver resolver =
        new PipeResolver(Path.of(args[0]), Files.readAllBytes(Path.of(args[1])));
    int port = Integer.parseInt(args[2]);
    resolver.answer();
    InetSocketAddress unrelated = ChannelScenario.REFUSED_FIRST.address(port);
    while (unrelated.isUnresolved()) {
      unrelated = ChannelScenario.REFUSED_FIRST.address(port);
    }
    resolver.hang();
    connect(unrelated);
    byte[] dead = InetAddress.getByName(ChannelScenario.Hosts.DEAD).getAddress();
    List<SocketChannel> hanging = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      InetAddress address = InetAddress.getByAddress("hung-" + i + ".test", dead);
      hanging.add(Racing.connecting(new InetSocketAddress(address, port)));
    }
    while (threads("he-agent-lookup").size() < THREADS) {
      Racing.letPass(20);
    }
    Facts facts = new Facts("hung");
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long loop = threads("he-agent-loop").get(0).getId();
    long before = beans.getThreadAllocatedBytes(loop);
    Racing.letPass(WINDOW_MILLIS);
    facts.put("allocated", beans.getThreadAllocatedBytes(loop) - before);
    for (int i = 0; i < UNRELATED; i++) {
      connect(unrelated);
    }
    facts.put("unrelated", "connected");
    for (SocketChannel channel : hanging) {
      channel.close();
    }
    facts.print();
    System.exit(0);
  }

  private static void connect(InetSocketAddress to) throws Exception {
    try (Selector selector = Selector.open();
        SocketChannel channel = Racing.connecting(to)) {
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      Racing.selectConnect(selector, key);
      Cases.isTrue(channel.finishConnect());
    }
  }

  private static List<Thread> threads(String name) {
    List<Thread> found = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith(name)) {
        found.add(thread);
      }
    }
    return found;
  }
}
