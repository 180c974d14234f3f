package io.heagent.agent.connect.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.support.HappyEyeballsConnector;
import io.nats.client.support.HappyEyeballsConnectors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RacingClientsTest {

  @Test
  void isToldByItsClassOnTheStack() {
    assertTrue(HappyEyeballsConnector.ask(RacingClients::areOnStack));
  }

  @Test
  void isToldByAClassInsideIt() {
    assertTrue(HappyEyeballsConnector.Task.ask(RacingClients::areOnStack));
  }

  @Test
  void isToldFromAfar() {
    assertTrue(HappyEyeballsConnector.ask(() -> deep(300, RacingClients::areOnStack)));
  }

  @Test
  void othersAreNot() {
    assertFalse(RacingClients.areOnStack());
    assertFalse(HappyEyeballsConnectors.ask(RacingClients::areOnStack));
  }

  private static boolean deep(int more, BooleanSupplier question) {
    return more == 0 ? question.getAsBoolean() : deep(more - 1, question);
  }
}
