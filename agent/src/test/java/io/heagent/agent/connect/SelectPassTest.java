package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeHook;

/** When one select of the program takes several passes, and how long each may wait. */
class SelectPassTest {
  private static final long MILLI = 1_000_000L;

  private final Object selector = new Object();

  @AfterEach
  void end() {
    SelectPass.end();
  }

  private SelectPass begun() {
    assertTrue(SelectPass.begin(selector));
    return SelectPass.current();
  }

  private SelectPass swallowed() {
    SelectPass pass = begun();
    SelectPass.swallowed();
    return pass;
  }

  @Test
  void nothingHappenedButThatTheTimeIsOver() {
    assertEquals(HeHook.RETURN, begun().next(0, 50, 50 * MILLI));
  }

  @Test
  void whatIsFoundIsTheProgramsWhateverElseHappened() {
    SelectPass pass = swallowed();
    SelectPass.wokenUp(selector);
    assertEquals(HeHook.RETURN, pass.next(1, -1, 0));
  }

  @Test
  void selectNowIsOnePass() {
    assertEquals(HeHook.RETURN, swallowed().next(0, 0, 0));
  }

  @Test
  void afterASwallowedEventTheRestOfTheTimeIsWaited() {
    SelectPass pass = swallowed();
    assertEquals(30, pass.next(0, 50, 20 * MILLI));
    SelectPass.swallowed();
    assertEquals(1, pass.next(0, 50, 49 * MILLI));
    SelectPass.swallowed();
    assertEquals(HeHook.RETURN, pass.next(0, 50, 50 * MILLI));
  }

  @Test
  void aSelectWithoutTimeoutWaitsOnForEver() {
    SelectPass pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    SelectPass.swallowed();
    assertEquals(-1, pass.next(0, -1, 3_600_000 * MILLI));
  }

  @Test
  void aWakeUpIsFollowedByOneLookWithoutWaiting() {
    SelectPass pass = swallowed();
    SelectPass.wokenUp(selector);
    assertEquals(0, pass.next(0, -1, 0));
    // Even if that swallows an event and is woken too: the program may have been meant.
    SelectPass.swallowed();
    SelectPass.wokenUp(selector);
    assertEquals(HeHook.RETURN, pass.next(0, -1, 0));
  }

  @Test
  void whatEndedOnePassDoesNotCountForTheNext() {
    SelectPass pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    assertEquals(HeHook.RETURN, pass.next(0, -1, 0));
  }

  @Test
  void aFurtherPassIsNoSelectOfItsOwn() {
    SelectPass pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    assertFalse(SelectPass.begin(selector));
    assertTrue(SelectPass.current() == pass);
    assertTrue(SelectPass.begin(selector), "the next one of the program");
  }

  /** What an action does with another selector. */
  @Test
  void aSelectInsideAFurtherPassIsOneOfItsOwn() {
    assertEquals(-1, swallowed().next(0, -1, 0));
    assertTrue(SelectPass.begin(new Object()));
  }

  @Test
  void outsideOfASelectNoEventIsNoted() {
    SelectPass.swallowed();
    assertNull(SelectPass.current());
  }

  /** It was blocked before the first race began, and has been woken up by that. */
  @Test
  void aSelectThatNobodyHasSeenBeginLooksOnceMoreToo() {
    SelectPass.wokenUp(selector);
    assertFalse(SelectPass.isLate(new Object()));
    assertTrue(SelectPass.isLate(selector));
    SelectPass pass = SelectPass.current();
    assertEquals(0, pass.next(0, -1, 3_600_000 * MILLI));
    assertFalse(SelectPass.begin(selector));
    assertFalse(SelectPass.isLate(selector), "its further pass is none by itself");
    assertEquals(HeHook.RETURN, pass.next(0, -1, 3_600_000 * MILLI));
  }

  @Test
  void aSelectThatWasSeenToBeginIsNotLate() {
    begun();
    SelectPass.wokenUp(selector);
    assertFalse(SelectPass.isLate(selector));
  }
}
