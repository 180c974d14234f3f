package io.heagent.bench.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * The objects that the agent's code has made, itself or by what it calls, in a recording of a JVM
 * that allocates nothing in thread-local buffers: the flight recorder has an event for each object
 * then.
 */
final class Recorded {
  static final String EVENT = "jdk.ObjectAllocationOutsideTLAB";

  /** Has the JVM allocate each object outside of thread-local buffers, and keep to itself. */
  static final List<String> FLAGS =
      List.of("-Xint", "-XX:-UseTLAB", "-Xlog:disable", "-Xlog:all=off");

  /** How many objects of a class were made at one place, and their bytes. */
  static final class Made {
    long objects;
    long bytes;
  }

  private Recorded() {}

  /**
   * By class and the agent's method that was at work.
   *
   * @param left which classes' methods leave out what is made while they run
   */
  static Map<String, Made> read(Path recording, Predicate<String> left) throws IOException {
    Map<String, Made> all = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      String place = EVENT.equals(event.getEventType().getName()) ? place(event, left) : null;
      if (place != null) {
        String object = event.getClass("objectClass").getName();
        Made made = all.computeIfAbsent(object + " @ " + place, unused -> new Made());
        made.objects++;
        made.bytes += event.getLong("allocationSize");
      }
    }
    return all;
  }

  private static String place(RecordedEvent event, Predicate<String> left) {
    RecordedStackTrace trace = event.getStackTrace();
    String place = null;
    for (RecordedFrame frame : trace == null ? List.<RecordedFrame>of() : trace.getFrames()) {
      String owner = frame.getMethod().getType().getName();
      if (left.test(owner)) {
        return null;
      } else if (place == null && isOurs(owner)) {
        place = owner.substring(owner.lastIndexOf('.') + 1) + '.' + frame.getMethod().getName();
      }
    }
    return place;
  }

  private static boolean isOurs(String owner) {
    return owner.startsWith("io.heagent.agent.")
        || owner.startsWith("io.heagent.engine.")
        || owner.startsWith("sun.nio.ch.He");
  }
}
