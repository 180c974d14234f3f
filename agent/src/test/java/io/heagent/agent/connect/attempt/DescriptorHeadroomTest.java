package io.heagent.agent.connect.attempt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptorHeadroomTest {

  private static final String HEAD =
      "Limit                     Soft Limit   Hard Limit   Units     ";

  @Test
  void readsTheLimitThatCounts() {
    assertEquals(
        1024,
        limit(HEAD, "Max open files            1024                 524288        files     "));
  }

  @Test
  void knowsTheUnlimited() {
    assertEquals(
        Integer.MAX_VALUE,
        limit("Max open files            unlimited            unlimited     files"));
    assertEquals(
        Integer.MAX_VALUE,
        limit("Max open files            9223372036854775807  unlimited     files"));
  }

  @Test
  void takesAnythingElseForNoRoom() {
    assertEquals(0, limit());
    assertEquals(
        0, limit(HEAD, "Max processes             1024                 1024          processes"));
    assertEquals(0, limit("Max open files"));
    assertEquals(0, limit("Max open files            ?                    ?             files"));
  }

  private static int limit(String... lines) {
    return DescriptorHeadroom.limit(List.of(lines));
  }
}
