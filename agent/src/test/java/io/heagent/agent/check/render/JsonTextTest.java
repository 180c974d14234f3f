package io.heagent.agent.check.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void everyKindOfValue() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "a");
    map.put("number", BigDecimal.valueOf(1_500, 3));
    map.put("list", Arrays.asList(true, null, 1));
    map.put("none", List.of());
    map.put("empty", Map.of());
    assertEquals(
        """
        {
          "text": "a",
          "number": 1.500,
          "list": [
            true,
            null,
            1
          ],
          "none": [],
          "empty": {}
        }""",
        JsonText.of(map));
  }

  @Test
  void textsAreEscaped() {
    assertEquals("\"\\\"\\\\\\u000a\\u00fc\\u007f~\"", JsonText.of("\"\\\n\u00fc\u007f~"));
  }
}
