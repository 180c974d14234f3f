package io.heagent.agent.connect;

import io.heagent.agent.connect.admission.DialPlanner;
import io.heagent.agent.connect.candidates.CandidateSource;
import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.connect.fake.Remembered;
import io.heagent.agent.connect.loop.AgentLoop;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.HistorySettings;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A network and a program on a virtual clock, with or without the agent. Its rules are the real
 * ones: {@link EndpointRegistry}, {@link DialPlanner}, {@link CandidateSource}, {@link RaceCore},
 * the history; only what carries them out, descriptors and threads, is played: the network here, a
 * race in {@link MindRace}. Times are in ms, but where they end in Nanos.
 */
final class MindWorld {
  static final long MS = 1_000_000L;
  static final long NEVER = Long.MAX_VALUE / MS;

  /** How long any answer takes. */
  static final long TRIP = 1;

  /** How long an answer takes where the first packet is lost, over a line of 30 ms. */
  static final long RESENT = 1_030;

  /** A SYN and its repetitions, as Linux sends them. */
  private static final long[] SYNS = {0, 1000, 3000, 7000, 15_000, 31_000, 63_000};

  /** After which Linux gives up. */
  private static final long SYSTEM_TIMEOUT = 127_000;

  /** What a machine does with a connect. */
  enum Host {
    GOOD,
    DEAD,
    REFUSED,
    /** The first packet of each connect is lost. */
    LOSSY,
    /** Dead until {@link #BACK}. */
    RETURNING
  }

  /** When a host returns. */
  static final long BACK = 4_300;

  private record Event(long at, long number, Runnable what) {}

  /** A connect of the program. */
  interface Pending {
    /** The program closes it; it is told nothing more. */
    void close();
  }

  /** What the program is told. */
  interface Told {
    void ended(boolean connected);
  }

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
  private final boolean agent;
  private final InetAddress[] addresses;
  private final Host[] hosts;
  private final EndpointRegistry registry = new EndpointRegistry(new AgentLoop());
  private final EndpointHistory history;
  private final Map<InetAddress, Integer> dials = new HashMap<>();
  private long now;
  private long number;

  MindWorld(boolean agent, Host... hosts) {
    this.agent = agent;
    this.hosts = hosts;
    this.addresses = new InetAddress[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      addresses[i] = Ip.of("192.0.2." + (i + 1));
    }
    ConnectHistory engine =
        new ConnectHistory(
            HistorySettings.withBaseDelay(250 * MS), () -> now * MS, bound -> bound - 1);
    history = new EndpointHistory(engine, Remembered.NO_SURROUNDINGS, Remembered.HOST, 443);
  }

  InetAddress address(int index) {
    return addresses[index % addresses.length];
  }

  int size() {
    return addresses.length;
  }

  InetAddress[] addresses() {
    return addresses.clone();
  }

  EndpointRegistry registry() {
    return registry;
  }

  EndpointHistory history() {
    return history;
  }

  long now() {
    return now;
  }

  long nanos() {
    return now * MS;
  }

  void after(long millis, Runnable what) {
    events.add(new Event(now + millis, number++, what));
  }

  /** Lets everything happen that is to. */
  void run() {
    for (Event next; (next = events.poll()) != null && next.at < 600_000; ) {
      now = next.at;
      next.what.run();
    }
  }

  /** How many times the addresses were dialled. */
  int dials() {
    return dials.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * The program connects.
   *
   * @param timeout of a blocking connect; 0 for none
   * @param racer whether its stack shows a program that races by itself
   */
  Pending connect(
      long thread, boolean blocking, InetAddress to, long timeout, boolean racer, Told told) {
    if (!agent) {
      return new Stock(to, blocking ? timeout : 0, told);
    }
    return new MindRace(this, thread, blocking, to, blocking ? timeout : 0, racer, told);
  }

  /**
   * Sends a SYN.
   *
   * @param answered what to tell the answer, in time
   */
  void dial(InetAddress to, Told answered) {
    dials.merge(to, 1, Integer::sum);
    for (int i = 0; i < addresses.length; i++) {
      if (addresses[i].equals(to)) {
        Host host = hosts[i];
        if (host == Host.GOOD || host == Host.REFUSED) {
          after(TRIP, () -> answered.ended(host == Host.GOOD));
        } else if (host == Host.LOSSY) {
          after(RESENT, () -> answered.ended(true));
        } else if (host == Host.DEAD) {
          after(SYSTEM_TIMEOUT, () -> answered.ended(false));
        } else if (host == Host.RETURNING) {
          for (long syn : SYNS) {
            if (now + syn >= BACK) {
              after(syn + TRIP, () -> answered.ended(true));
              break;
            }
          }
        }
      }
    }
  }

  /** A connect without the agent. */
  private final class Stock implements Pending {
    private Told told;

    Stock(InetAddress to, long timeout, Told told) {
      this.told = told;
      dial(to, this::end);
      if (timeout > 0) {
        after(timeout, () -> end(false));
      }
    }

    private void end(boolean connected) {
      Told last = told;
      told = null;
      if (last != null) {
        last.ended(connected);
      }
    }

    @Override
    public void close() {
      told = null;
    }
  }
}
