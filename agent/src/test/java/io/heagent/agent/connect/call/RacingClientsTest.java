package io.heagent.agent.connect.call;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.support.HappyEyeballsConnector;
import io.nats.client.support.HappyEyeballsConnectors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RacingClientsTest {

  /** Of a JVM of which it is not known what it has loaded. */
  private final RacingClients racers = new RacingClients(null);

  @Test
  void isToldByItsClassOnTheStack() {
    assertTrue(HappyEyeballsConnector.ask(racers::areOnStack));
  }

  @Test
  void isToldByAClassInsideIt() {
    assertTrue(HappyEyeballsConnector.Task.ask(racers::areOnStack));
  }

  @Test
  void isToldFromAfar() {
    assertTrue(HappyEyeballsConnector.ask(() -> deep(300, racers::areOnStack)));
  }

  @Test
  void othersAreNot() {
    assertFalse(racers.areOnStack());
    assertFalse(HappyEyeballsConnectors.ask(racers::areOnStack));
  }

  @Test
  void noStackIsLookedAtOnceNoneIsKnownToBeLoaded() {
    AtomicBoolean loaded = new AtomicBoolean();
    RacingClients watched = new RacingClients(loaded::get);
    assertTrue(HappyEyeballsConnector.ask(watched::areOnStack), "before the classes are looked at");
    watched.look();
    assertFalse(HappyEyeballsConnector.ask(watched::areOnStack), "none is loaded");
    loaded.set(true);
    assertTrue(HappyEyeballsConnector.ask(watched::areOnStack), "one is loaded by now");
    assertFalse(watched.areOnStack(), "but another program asks");
  }

  @Test
  void namesItsClassesAndThoseInside() {
    assertTrue(RacingClients.include("com.microsoft.sqlserver.jdbc.SocketConnector"));
    assertTrue(RacingClients.include("com.microsoft.sqlserver.jdbc.SocketConnector$1"));
    assertFalse(RacingClients.include("com.microsoft.sqlserver.jdbc.SocketConnectors"));
    assertFalse(RacingClients.include("com.microsoft.sqlserver.jdbc"));
  }

  private static boolean deep(int more, BooleanSupplier question) {
    return more == 0 ? question.getAsBoolean() : deep(more - 1, question);
  }
}
