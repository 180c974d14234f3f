package io.heagent.agent.observe.jfr;

import io.heagent.agent.log.Faults;
import io.heagent.agent.observe.LookupTrace;
import io.heagent.agent.observe.RaceTrace;
import io.heagent.agent.observe.Reason;
import io.heagent.agent.observe.Recording;
import io.heagent.engine.address.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/**
 * Writes the events. The JVM registers their classes when this class is initialised, which takes
 * some milliseconds on the thread of the connect that has found the flight recorder. Any thread.
 */
public final class FlightRecording implements Recording {

  private final EventType races = EventType.getEventType(RaceEvent.class);
  private final EventType attempts = EventType.getEventType(AttemptEvent.class);
  private final EventType lookups = EventType.getEventType(LookupEvent.class);

  /** The number of the last race. Any thread adds. */
  private final AtomicLong last = new AtomicLong();

  /** Has the flight recorder forget the events. What it has recorded of them stays. */
  @Override
  public void end() {
    for (Class<? extends Event> event :
        List.of(RaceEvent.class, AttemptEvent.class, LookupEvent.class, LeftAloneEvent.class)) {
      try {
        FlightRecorder.unregister(event);
      } catch (RuntimeException | Error unexpected) {
        Faults.ignored(unexpected);
      }
    }
  }

  @Override
  public RaceTrace race(String host, int port, String kind) {
    try {
      return races.isEnabled() || attempts.isEnabled()
          ? new FlightRace(last.incrementAndGet(), host, port, kind)
          : null;
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
      return null;
    }
  }

  @Override
  public void leftAlone(InetSocketAddress target, Reason why) {
    try {
      LeftAloneEvent event = new LeftAloneEvent();
      if (event.shouldCommit()) {
        event.host = target.getHostString();
        event.port = target.getPort();
        event.reason = why.text();
        event.commit();
      }
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
    }
  }

  @Override
  public LookupTrace lookup(String host) {
    try {
      return lookups.isEnabled() ? new FlightLookup(host) : null;
    } catch (RuntimeException | Error unexpected) {
      Faults.ignored(unexpected);
      return null;
    }
  }

  /** One look-up that is recorded. */
  private static final class FlightLookup implements LookupTrace {
    private final LookupEvent event = new LookupEvent();

    FlightLookup(String host) {
      event.host = host;
      event.begin();
    }

    @Override
    public void ended(List<InetAddress> addresses, Throwable failure) {
      try {
        event.end();
        if (event.shouldCommit()) {
          StringJoiner all = new StringJoiner(", ");
          for (InetAddress address : addresses) {
            all.add(AddressText.of(address));
          }
          event.addresses = all.toString();
          event.failure = failure == null ? null : failure.toString();
          event.commit();
        }
      } catch (RuntimeException | Error unexpected) {
        Faults.ignored(unexpected);
      }
    }
  }
}
