package io.heagent.agent.connect.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.fake.selector.FakeKey;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeHook;

/** Which keys are held, told and woken, and when the hooks of every select are on. */
class ChannelRaceRegistryTest {

  private final ChannelRig rig = ChannelRig.selected(ChannelRig.A, ChannelRig.B);
  private final ChannelRaceRegistry registry = rig.registry;
  private final PrimaryDescriptor primary =
      new PrimaryDescriptor(rig.call(), null, rig.socket.descriptor, rig.network);
  private final FakeKey key = new FakeKey(rig.selector);
  private final FakeKey other = new FakeKey(rig.selector);

  /** It holds one key, and the JDK is to wait for its outcome. */
  private final class HoldingRace implements ChannelRaceRegistry.Race {
    private boolean cancelled;

    @Override
    public int pollOrWait() {
      return HeHook.PENDING;
    }

    @Override
    public boolean holds(SelectionKey asked) {
      return asked == key;
    }

    @Override
    public boolean isSwallowed(boolean connected) {
      return !connected;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  private List<SelectionKey> released(boolean rearm, SelectionKey... known) {
    return registry.release(primary, List.of(known), rearm);
  }

  private int wakeUps() {
    return rig.network.log.size();
  }

  @Test
  void hooksAreOnWhileThereIsARace() {
    ChannelRaceRegistry.Race race = new HoldingRace();
    registry.add(primary.fd, race);
    assertTrue(rig.watching);
    assertEquals(race, registry.get(primary.fd));
    registry.remove(primary.fd);
    assertFalse(rig.watching);
    assertNull(registry.get(primary.fd));
  }

  @Test
  void hooksStayOnUntilTheLastKeyHasBeenLookedAt() {
    registry.add(primary.fd, new HoldingRace());
    released(true, key, other);
    registry.remove(primary.fd);
    registry.take(key);
    assertTrue(rig.watching);
    registry.take(other);
    assertFalse(rig.watching);
  }

  @Test
  void keysThatNobodyWillLookAtAreForgotten() {
    released(true, key);
    registry.tidy();
    assertTrue(rig.watching);
    key.cancel();
    registry.tidy();
    assertFalse(rig.watching);
  }

  /** Another race keeps the hooks on anyway, and forgetting takes time. */
  @Test
  void nothingIsForgottenWhileThereAreRaces() {
    released(true, key);
    registry.add(primary.fd, new HoldingRace());
    key.cancel();
    registry.tidy();
    assertTrue(registry.takesBack(key));
  }

  @Test
  void whoIsToldOfTheHoldIsToldOfItsEnd() {
    primary.hold();
    assertTrue(registry.holds(primary, key));
    assertTrue(registry.holds(primary, key), "again");
    assertEquals(List.of(other, key), released(true, other));
    assertFalse(primary.isHeld());
    assertFalse(registry.holds(primary, key));
  }

  @Test
  void whoIsNotHeldIsNotToldOfAnEnd() {
    assertFalse(registry.holds(primary, key));
    primary.hold();
    assertEquals(List.of(), released(true));
  }

  /** Those that were told had nothing registered, so that there is nothing to do anew. */
  @Test
  void onlyKnownKeysLoseTheirRegistrationWithTheDescription() {
    primary.hold();
    registry.holds(primary, key);
    released(true, other);
    assertFalse(registry.take(key));
    assertTrue(registry.take(other));
    assertFalse(registry.take(other), "told once");
  }

  @Test
  void nothingIsRegisteredAnewWhereTheDescriptionIsTheSame() {
    released(false, key);
    assertFalse(registry.take(key));
  }

  /** Should the look fail, the next event is shown all the same. */
  @Test
  void eventOfAKeyNotLookedAtYetIsTakenBackOnce() {
    assertFalse(registry.takesBack(key));
    released(true, key);
    assertFalse(registry.takesBack(other));
    assertTrue(registry.takesBack(key));
    assertFalse(registry.takesBack(key));
    registry.take(key);
    assertFalse(registry.takesBack(key));
  }

  /** It would end a later select of the program's, were it shown before the wake-up is consumed. */
  @Test
  void outcomeIsNotShownBeforeItsKeyHasBeenLookedAt() {
    released(true, key);
    assertTrue(rig.environment.isSwallowed(primary.fd, key, true));
    assertFalse(rig.environment.isSwallowed(primary.fd, key, true));
    assertFalse(rig.environment.isSwallowed(primary.fd, null, true), "a group has no key");
  }

  @Test
  void wakeUpThatComesAfterItsReasonIsNone() {
    released(true, key);
    registry.take(key);
    registry.wakeUnlessSeen(key);
    assertEquals(0, wakeUps());
  }

  @Test
  void keyNotLookedAtYetIsWokenUp() {
    released(true, key);
    registry.wakeUnlessSeen(key);
    assertEquals(1, wakeUps());
  }

  @Test
  void whoIsInterestedInNothingIsNotWokenUp() {
    released(true, key);
    key.interestOps(0);
    registry.wakeUnlessSeen(key);
    assertEquals(0, wakeUps());
    assertTrue(registry.takesBack(key), "it may have an interest later");
  }

  @Test
  void keyThatIsGoneIsForgottenWithoutAWakeUp() {
    released(true, key);
    key.cancel();
    registry.wakeUnlessSeen(key);
    assertEquals(0, wakeUps());
    assertFalse(rig.watching);
  }

  /** A detach waits until it is. */
  @Test
  void isIdleWithoutRacesAndKeysToBeLookedAt() {
    assertTrue(registry.isIdle());
    registry.add(primary.fd, new HoldingRace());
    assertFalse(registry.isIdle());
    released(true, key, other);
    registry.remove(primary.fd);
    assertFalse(registry.isIdle());
    registry.take(key);
    assertFalse(registry.isIdle());
    other.cancel();
    assertTrue(registry.isIdle());
  }

  @Test
  void whatIsAskedOfAChannelIsPassedOnToItsRace() throws IOException {
    HoldingRace race = new HoldingRace();
    registry.add(primary.fd, race);
    assertEquals(HeHook.PENDING, rig.environment.pollConnect(primary.fd));
    assertTrue(rig.environment.isHeld(primary.fd, key));
    assertFalse(rig.environment.isHeld(primary.fd, other));
    assertTrue(rig.environment.isSwallowed(primary.fd, key, false));
    assertFalse(rig.environment.isSwallowed(primary.fd, key, true));
    assertFalse(race.cancelled);
    rig.environment.closing(primary.fd);
    assertTrue(race.cancelled);
  }

  @Test
  void channelWithoutARaceIsLeftToTheJdk() throws IOException {
    assertEquals(HeHook.PROCEED, rig.environment.pollConnect(primary.fd));
    assertFalse(rig.environment.isHeld(primary.fd, key));
    assertFalse(rig.environment.isSwallowed(primary.fd, key, false));
    rig.environment.closing(primary.fd);
    assertNull(registry.get(primary.fd));
  }

  /** A hold ends whatever fails, because nothing else would end it. */
  @Test
  void holdEndsEvenWhereItCannotBeTold() {
    primary.hold();
    assertThrows(NullPointerException.class, () -> registry.release(primary, null, true));
    assertFalse(primary.isHeld());
  }
}
