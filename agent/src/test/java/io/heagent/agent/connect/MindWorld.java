package io.heagent.agent.connect;

import io.heagent.agent.config.RaceRule;
import io.heagent.engine.coordination.ConnectOutcome;
import io.heagent.engine.coordination.Endpoint;
import io.heagent.engine.coordination.EndpointRegistry;
import io.heagent.engine.coordination.Ticket;
import io.heagent.engine.core.Action;
import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import io.heagent.engine.history.ConnectHistory;
import io.heagent.engine.history.EndpointHistory;
import io.heagent.engine.history.FailureKind;
import io.heagent.engine.history.HistorySettings;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A network and a program on a virtual clock, with or without the agent. Its rules are the real
 * ones: {@link EndpointRegistry}, {@link DialPlanner}, {@link CandidateSource}, {@link RaceCore},
 * the history; only what carries them out, descriptors and threads, is played here, in the order of
 * {@link BlockingRace} and {@link ChannelCourse}. Times are in ms, but where they end in Nanos.
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
  private final EndpointRegistry registry = new EndpointRegistry(LoopTime.INSTANCE);
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

  long now() {
    return now;
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
    return new Raced(thread, blocking, to, blocking ? timeout : 0, racer, told);
  }

  /**
   * Sends a SYN.
   *
   * @param answered what to tell the answer, in time
   */
  private void dial(InetAddress to, Told answered) {
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

  /** A connect with the agent. */
  private final class Raced implements Pending {
    private final ConnectCall call;
    private final long startedAt = now;
    private final RaceCore core;
    private final List<InetAddress> tried = new ArrayList<>();
    private final Told told;
    private CandidateSource source;
    private boolean wanted;
    private boolean over;

    Raced(long thread, boolean blocking, InetAddress to, long timeout, boolean racer, Told told) {
      this.told = told;
      long least = RaceRule.DEFAULT.delayNanos();
      Ticket start = new Ticket(to, blocking, thread, timeout * MS, least);
      call =
          Calls.to(to)
              .timeout(timeout * MS)
              .known(addresses)
              .history(history)
              .ticket(registry.begin(new Endpoint(Remembered.HOST, 443), start, now * MS))
              .call();
      if (racer) {
        Calls.alone(call);
      } else {
        Calls.planned(call);
      }
      long left = call.deadline == ConnectCall.NEVER ? NEVER : (call.deadline - call.startedAt);
      core =
          new RaceCore(
              new RaceSettings(250 * MS, 6, 10 * MS),
              now * MS,
              left == NEVER ? RaceCore.NEVER : now * MS + left);
      core.poll();
      InetAddress first = call.remote().getAddress();
      tried.add(first);
      dial(first, this::firstAnswered);
      after(call.delayAfter(first) / MS, this::step);
      if (left != NEVER) {
        after(left / MS, this::step);
      }
    }

    private void firstAnswered(boolean connected) {
      if (!over && connected && source == null) {
        history.won(tried.get(0), (now - startedAt) * MS);
        end(ConnectOutcome.CONNECTED);
      } else {
        answered(0, connected);
      }
    }

    /** The first address was not through in time: from now on there is a race. */
    private void begin() {
      if (source == null) {
        source = new CandidateSource(call, tried.get(0));
        core.offer(startedAt * MS, call.delayAfter(tried.get(0)));
        outlive(0, tried.get(0));
      }
    }

    private void outlive(int index, InetAddress address) {
      if (address.equals(call.requested())) {
        core.outlive(index, call.order().patience());
      }
    }

    private void answered(int index, boolean connected) {
      if (over) {
        return;
      }
      begin();
      if (connected) {
        core.succeeded(index, now * MS);
      } else {
        boolean refused = now * MS - core.attempts().get(index).startNanos() < 10 * MS;
        String cause = refused ? "Connection refused" : "Connection timed out";
        core.failed(index, new ConnectException(cause), refused, now * MS);
      }
      step();
    }

    private void step() {
      if (over) {
        return;
      }
      begin();
      core.tick(now * MS);
      boolean more = true;
      while (more && !over) {
        for (Action action; !over && (action = core.poll()) != null; ) {
          switch (action.kind()) {
            case WANT_CANDIDATE -> wanted = true;
            case WON -> {
              end(ConnectOutcome.CONNECTED);
            }
            case FAILED, TIMED_OUT -> {
              end(failed());
            }
            default -> {}
          }
        }
        more = wanted && !over && offer();
      }
      if (!over && core.wakeAt() != RaceCore.NEVER) {
        after(Math.max(0, (core.wakeAt() - now * MS + MS - 1) / MS), this::step);
      }
    }

    private boolean offer() {
      wanted = false;
      InetAddress next = source.isKnown() ? source.next() : null;
      if (next == null) {
        core.exhausted(now * MS);
        return true;
      }
      int index = core.offer(now * MS, call.delayAfter(next));
      if (index != Action.NONE) {
        tried.add(next);
        outlive(index, next);
        dial(next, connected -> answered(index, connected));
      }
      return true;
    }

    private ConnectOutcome failed() {
      long late = 0;
      Map<InetAddress, Long> silent = new HashMap<>();
      for (AttemptRecord record : core.attempts()) {
        InetAddress address = tried.get(record.index());
        if (record.outcome() != Outcome.FAILED) {
          silent.put(address, now * MS - record.startNanos());
        } else if (FailureKind.of(record.cause()) == FailureKind.UNANSWERED) {
          silent.put(address, ConnectCall.NEVER);
        } else if (address.equals(call.requested())) {
          late = (now - startedAt) * MS - (record.endNanos() - record.startNanos());
        }
      }
      return ConnectOutcome.failed(List.copyOf(tried), silent, late);
    }

    private void end(ConnectOutcome outcome) {
      over = true;
      finish(outcome);
      told.ended(outcome.connected());
    }

    private void finish(ConnectOutcome outcome) {
      if (source != null) {
        core.cancel(now * MS);
        history.record(tried, core.attempts());
      }
      ConnectOutcome whole = call.isRequestedOnly() ? outcome.ofRacingClient() : outcome;
      registry.end(call.ticket(), whole, now * MS);
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        ConnectOutcome outcome =
            source == null
                ? ConnectOutcome.failed(
                    List.copyOf(tried), Map.of(tried.get(0), (now - startedAt) * MS), 0)
                : failed();
        finish(outcome.afterClose());
      }
    }
  }
}
