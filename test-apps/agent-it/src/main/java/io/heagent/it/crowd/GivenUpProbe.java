package io.heagent.it.crowd;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Self;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connects at once that the program gives up while all of them are still waiting for the first
 * address. Arguments: the port, how many, and after how many ms.
 */
public final class GivenUpProbe {
  private GivenUpProbe() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress to = ChannelScenario.DEAD_FIRST.address(Integer.parseInt(args[0]));
    int count = Integer.parseInt(args[1]);
    try (Selector selector = Selector.open()) {
      Facts facts = new Facts("given up");
      int before = Self.descriptors();
      List<SocketChannel> channels = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        SocketChannel channel = Racing.connecting(to);
        channel.register(selector, SelectionKey.OP_CONNECT);
        channels.add(channel);
      }
      Racing.letPass(Long.parseLong(args[2]));
      facts.put("descriptors then", Self.descriptors() - before);
      for (SocketChannel channel : channels) {
        channel.close();
      }
      facts.put("connected", selector.selectNow());
      // The agent's loop has up to four descriptors of its own.
      facts.put("descriptors", Self.backTo(before + 4, Self::descriptors));
      facts.put("watching", Self.isWatching());
      facts.print();
    }
  }
}
