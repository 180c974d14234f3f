package io.heagent.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the flight recorder has kept of one client with the agent.
 *
 * @param told how many attempts each race says that it had, by the number of the race
 * @param kept how many attempts the recording has of each
 */
record Recording(Map<Long, Integer> told, Map<Long, Integer> kept) {
  private static final String RACE = "race";

  static Recording read(Path file) throws IOException {
    Map<Long, Integer> told = new TreeMap<>();
    Map<Long, Integer> kept = new TreeMap<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      switch (event.getEventType().getName()) {
        case "heagent.Race" -> told.put(event.getLong(RACE), event.getInt("attempts"));
        case "heagent.Attempt" -> kept.merge(event.getLong(RACE), 1, Integer::sum);
        default -> {}
      }
    }
    return new Recording(told, kept);
  }

  /** What it lacks of the client's races and their attempts, in words; empty if nothing. */
  Optional<String> missing() {
    if (told.isEmpty()) {
      return Optional.of("the recording has no race");
    }
    return told.equals(kept)
        ? Optional.empty()
        : Optional.of("the races say " + told + " attempts, the recording has " + kept);
  }
}
