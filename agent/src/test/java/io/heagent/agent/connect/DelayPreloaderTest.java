package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayPreloaderTest {

  /**
   * An unknown class name would end the warm-up silently, and a first race would have to load the
   * classes after it.
   */
  @Test
  void everyClassExists() {
    List<String> missing = new ArrayList<>();
    for (String name : DelayPreloader.CLASSES) {
      try {
        Class.forName("io.heagent." + name, false, DelayPreloader.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing);
  }
}
