package io.heagent.it.stress;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Self;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does everything a program may do to racing channels, at random moments and on several threads,
 * while neighbours take over descriptor numbers as soon as they are free and check that each of
 * their connections still talks to its own peer. Arguments: the port, the number of operations, the
 * seed, the selectors' kind for the record.
 */
public final class HostileProbe {
  private static final int ATTACKERS = 4;
  private static final int NEIGHBOURS = 2;

  private HostileProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    long operations = Long.parseLong(args[1]);
    long seed = Long.parseLong(args[2]);
    play(port, 200, seed - 1, new Facts("warm-up"));
    Racing.letPass(300);
    Map<String, String> descriptors = Self.open();
    int threads = Self.threads();
    Facts facts = new Facts("hostile").put("seed", seed);
    play(port, operations, seed, facts);
    facts.put("descriptors", Self.backTo(descriptors));
    facts.put("threads", Self.backTo(threads, Self::threads));
    facts.put("agent", Self.agentThreads());
    facts.print();
  }

  private static void play(int port, long operations, long seed, Facts facts) throws Exception {
    AtomicLong left = new AtomicLong(operations);
    Tally tally = new Tally();
    List<Thread> attackers = new ArrayList<>();
    List<Neighbour> neighbours = new ArrayList<>();
    InetSocketAddress peer = ChannelScenario.LITERAL.address(port);
    for (int i = 0; i < NEIGHBOURS; i++) {
      Neighbour neighbour = new Neighbour(peer, tally);
      neighbours.add(neighbour);
      neighbour.start();
    }
    for (int i = 0; i < ATTACKERS; i++) {
      Attacker attacker = new Attacker(port, seed * ATTACKERS + i, left, tally);
      attackers.add(attacker);
      attacker.start();
    }
    for (Thread attacker : attackers) {
      attacker.join();
    }
    for (Neighbour neighbour : neighbours) {
      neighbour.end();
      neighbour.join();
    }
    tally.note(facts);
  }
}
