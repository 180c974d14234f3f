package io.heagent.agent.connect.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.channel.ChannelRig;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sun.nio.ch.HeHook;

/** When one select of the program takes several passes, and how long each may wait. */
class SelectionOperationTest {
  private static final long MILLI = 1_000_000L;

  private final Object selector = new Object();

  @AfterEach
  void end() {
    SelectionOperation.end();
  }

  private SelectionOperation begun() {
    assertTrue(SelectionOperation.begin(selector));
    return SelectionOperation.current();
  }

  private SelectionOperation swallowed() {
    SelectionOperation pass = begun();
    SelectionOperation.swallowed();
    return pass;
  }

  @Test
  void nothingHappenedButThatTheTimeIsOver() {
    assertEquals(HeHook.RETURN, begun().next(0, 50, 50 * MILLI));
  }

  @Test
  void whatIsFoundIsTheProgramsWhateverElseHappened() {
    SelectionOperation pass = swallowed();
    SelectionOperation.wokenUp(selector);
    assertEquals(HeHook.RETURN, pass.next(1, -1, 0));
  }

  @Test
  void selectNowIsOnePass() {
    assertEquals(HeHook.RETURN, swallowed().next(0, 0, 0));
  }

  @Test
  void afterASwallowedEventTheRestOfTheTimeIsWaited() {
    SelectionOperation pass = swallowed();
    assertEquals(30, pass.next(0, 50, 20 * MILLI));
    SelectionOperation.swallowed();
    assertEquals(1, pass.next(0, 50, 49 * MILLI));
    SelectionOperation.swallowed();
    assertEquals(HeHook.RETURN, pass.next(0, 50, 50 * MILLI));
  }

  @Test
  void aSelectWithoutTimeoutWaitsOnForEver() {
    SelectionOperation pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    SelectionOperation.swallowed();
    assertEquals(-1, pass.next(0, -1, 3_600_000 * MILLI));
  }

  @Test
  void aWakeUpIsFollowedByOneLookWithoutWaiting() {
    SelectionOperation pass = swallowed();
    SelectionOperation.wokenUp(selector);
    assertEquals(0, pass.next(0, -1, 0));
    // Even if that swallows an event and is woken too: the program may have been meant.
    SelectionOperation.swallowed();
    SelectionOperation.wokenUp(selector);
    assertEquals(HeHook.RETURN, pass.next(0, -1, 0));
  }

  @Test
  void whatEndedOnePassDoesNotCountForTheNext() {
    SelectionOperation pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    assertEquals(HeHook.RETURN, pass.next(0, -1, 0));
  }

  @Test
  void aFurtherPassIsNoSelectOfItsOwn() {
    SelectionOperation pass = swallowed();
    assertEquals(-1, pass.next(0, -1, 0));
    assertFalse(SelectionOperation.begin(selector));
    assertTrue(SelectionOperation.current() == pass);
    assertTrue(SelectionOperation.begin(selector), "the next one of the program");
  }

  /** What an action does with another selector. */
  @Test
  void aSelectInsideAFurtherPassIsOneOfItsOwn() {
    assertEquals(-1, swallowed().next(0, -1, 0));
    assertTrue(SelectionOperation.begin(new Object()));
  }

  @Test
  void outsideOfASelectNoEventIsNoted() {
    SelectionOperation.swallowed();
    assertNull(SelectionOperation.current());
  }

  /** It was blocked before the first race began, and has been woken up by that. */
  @Test
  void aSelectThatNobodyHasSeenBeginLooksOnceMoreToo() {
    SelectionOperation.wokenUp(selector);
    assertFalse(SelectionOperation.isLate(new Object()));
    assertTrue(SelectionOperation.isLate(selector));
    SelectionOperation pass = SelectionOperation.current();
    assertEquals(0, pass.next(0, -1, 3_600_000 * MILLI));
    assertFalse(SelectionOperation.begin(selector));
    assertFalse(SelectionOperation.isLate(selector), "its further pass is none by itself");
    assertEquals(HeHook.RETURN, pass.next(0, -1, 3_600_000 * MILLI));
  }

  @Test
  void aSelectThatWasSeenToBeginIsNotLate() {
    begun();
    SelectionOperation.wokenUp(selector);
    assertFalse(SelectionOperation.isLate(selector));
  }

  /** The agent leaves the JVM: no thread is to stay in a select that the agent has seen begin. */
  @Test
  void selectsUnderWayAreEndedByAWakeUp() {
    assertTrue(SelectionOperation.endAll(), "there is none");
    ChannelRig rig = ChannelRig.selected("192.0.2.1");
    assertTrue(SelectionOperation.begin(rig.selector));
    assertFalse(SelectionOperation.endAll());
    assertEquals(List.of("0 wake up"), rig.network.log);
    SelectionOperation.end();
    assertTrue(SelectionOperation.endAll());
  }

  /** It has found something for the program, or the last race is over: nobody tells of its end. */
  @Test
  void aSelectThatNobodyHasSeenBeginAndThatNobodySeesEndKeepsNothingBack() {
    SelectionOperation.wokenUp(ChannelRig.selected("192.0.2.1").selector);
    assertTrue(SelectionOperation.endAll());
    assertNull(SelectionOperation.current(), "no object of the agent stays with the thread");
  }
}
