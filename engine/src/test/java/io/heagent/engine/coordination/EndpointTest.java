package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class EndpointTest {
  private static final Endpoint ENDPOINT = new Endpoint("host.example", 443);

  @Test
  void isOfItsNameAndPort() {
    assertEquals(new Endpoint("host.example", 443), ENDPOINT);
    assertEquals(new Endpoint("host.example", 443).hashCode(), ENDPOINT.hashCode());
    assertNotEquals(new Endpoint("host.example", 444), ENDPOINT);
    assertNotEquals(new Endpoint("other.example", 443), ENDPOINT);
    assertNotEquals((Object) "host.example", ENDPOINT);
  }

  /** The hash codes of the ports of one name differ, so that they are spread over a table. */
  @Test
  void isSpreadByNameAndPort() {
    assertNotEquals(ENDPOINT.hashCode(), new Endpoint("host.example", 444).hashCode());
    assertNotEquals(ENDPOINT.hashCode(), new Endpoint("other.example", 443).hashCode());
  }
}
