package io.heagent.bench.measured;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/**
 * An agent that starts the flight recorder before the agents that are named after it: the JVM's own
 * flag starts it after them. Argument: the file into which every object that is allocated outside
 * of thread-local buffers is written.
 */
public final class Recorder {
  private Recorder() {}

  /** The recording ends with the JVM. */
  @SuppressWarnings("resource")
  public static void premain(String file) throws IOException {
    Recording recording = new Recording();
    recording.enable("jdk.ObjectAllocationOutsideTLAB").withStackTrace();
    recording.setDumpOnExit(true);
    recording.setDestination(Path.of(file));
    recording.start();
  }
}
