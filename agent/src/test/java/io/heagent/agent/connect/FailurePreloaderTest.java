package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailurePreloaderTest {

  /** The first name that is unknown ends the thread without a word: a race needs it no less. */
  @Test
  void everyClassExists() {
    List<String> missing = new ArrayList<>();
    for (String name : FailurePreloader.classes()) {
      try {
        Class.forName("io.heagent." + name, false, FailurePreloader.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing);
  }
}
