package io.heagent.engine.coordination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class EndpointStateTest {
  private static final EndpointState STATE = new EndpointState("host.example", 443);

  @Test
  void isOfItsNameAndPort() {
    assertEquals(new EndpointState("host.example", 443), STATE);
    assertEquals(new EndpointState("host.example", 443).hashCode(), STATE.hashCode());
    assertNotEquals(new EndpointState("host.example", 444), STATE);
    assertNotEquals(new EndpointState("other.example", 443), STATE);
    assertNotEquals((Object) "host.example", STATE);
  }

  /** The hash codes of the ports of one name differ, so that they are spread over a table. */
  @Test
  void isSpreadByNameAndPort() {
    assertNotEquals(STATE.hashCode(), new EndpointState("host.example", 444).hashCode());
    assertNotEquals(STATE.hashCode(), new EndpointState("other.example", 443).hashCode());
  }
}
