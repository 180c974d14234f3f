package io.heagent.it.observe;

import io.heagent.it.startup.Dial;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/**
 * Arguments: a host, a port. Connects every 50 ms, to be left alone, until the flight recorder has
 * the agent's events; says whether it had them before 64 connects.
 */
public final class UnracedProbe {
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final int EARLY = 64;
  private static final int MOST = 1_000;

  private UnracedProbe() {}

  public static void main(String[] args) {
    int connects = 0;
    while (connects < MOST && !isRecorded()) {
      LockSupport.parkNanos(PAUSE_NANOS);
      Dial.outcome(new InetSocketAddress(args[0], Integer.parseInt(args[1])));
      connects++;
    }
    System.out.println(connects < EARLY ? "recorded early" : "recorded after " + connects);
  }

  private static boolean isRecorded() {
    return FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .map(EventType::getName)
        .anyMatch("heagent.LeftAlone"::equals);
  }
}
