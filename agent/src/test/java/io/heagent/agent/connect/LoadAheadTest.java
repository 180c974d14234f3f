package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadAheadTest {

  /** The first name that is unknown ends the thread without a word: a race needs it no less. */
  @Test
  void everyClassExists() {
    List<String> missing = new ArrayList<>();
    for (String name : LoadAhead.classes()) {
      try {
        Class.forName("io.heagent." + name, false, LoadAhead.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing);
  }
}
