package io.heagent.agent.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.agent.connect.call.ConnectCall;
import io.heagent.agent.connect.fake.Calls;
import io.heagent.agent.connect.fake.FakeProgramSocket;
import org.junit.jupiter.api.Test;

/** Which call is under way on a thread, and that none stays when the outermost has ended. */
class CallStackTest {
  private final int before = CallStack.underWay();

  private static ConnectCall begin(FakeProgramSocket socket) {
    ConnectCall call = Calls.to("192.0.2.1").socket(socket).call();
    CallStack.push(call);
    return call;
  }

  private void nothingStays() {
    assertNull(CallStack.top());
    assertEquals(before, CallStack.underWay());
  }

  /** A resolver of the program's may connect while a connect looks its name up. */
  @Test
  void innerCallGivesWayToTheOuter() {
    ConnectCall outer = begin(new FakeProgramSocket());
    ConnectCall inner = begin(new FakeProgramSocket());
    assertSame(inner, CallStack.top());
    assertFalse(CallStack.pop(inner));
    assertSame(outer, CallStack.top());
    assertTrue(CallStack.pop(outer));
    nothingStays();
  }

  /** If the hook at its end fails, a call stays; its socket does not connect any more. */
  @Test
  void callThatStayedByMistakeIsNobodysOuterCall() {
    FakeProgramSocket over = new FakeProgramSocket();
    ConnectCall stayed = begin(over);
    over.connecting = false;
    assertNull(CallStack.current());
    ConnectCall next = begin(new FakeProgramSocket());
    assertTrue(CallStack.pop(next));
    assertNull(CallStack.top());
    CallStack.pop(stayed);
    nothingStays();
  }

  @Test
  void middleCallTakesTheInnerOneAlongAndLeavesTheOuter() {
    ConnectCall outer = begin(new FakeProgramSocket());
    ConnectCall middle = begin(new FakeProgramSocket());
    ConnectCall inner = begin(new FakeProgramSocket());
    assertFalse(CallStack.pop(middle));
    assertSame(outer, CallStack.top());
    assertTrue(CallStack.pop(inner));
    CallStack.pop(outer);
    nothingStays();
  }

  @Test
  void endOfTheOuterTakesAnInnerOneAlong() {
    ConnectCall outer = begin(new FakeProgramSocket());
    ConnectCall inner = begin(new FakeProgramSocket());
    CallStack.pop(outer);
    assertNull(CallStack.top());
    CallStack.pop(inner);
    nothingStays();
  }

  /** The hook at its end runs after the socket has its outcome, and code of the program between. */
  @Test
  void callWithAnOutcomeHidesNoOuterOneFromTheNext() {
    ConnectCall outer = begin(new FakeProgramSocket());
    FakeProgramSocket decided = new FakeProgramSocket();
    ConnectCall ending = begin(decided);
    decided.connecting = false;
    ConnectCall inner = begin(new FakeProgramSocket());
    assertFalse(CallStack.pop(inner));
    assertFalse(CallStack.pop(ending));
    assertSame(outer, CallStack.top());
    assertTrue(CallStack.pop(outer));
    nothingStays();
  }

  /** With the call that ends go those below it that are over. */
  @Test
  void callsThatStayedByMistakeGoWithTheLastThatEnds() {
    FakeProgramSocket over = new FakeProgramSocket();
    ConnectCall stayed = begin(over);
    ConnectCall next = begin(new FakeProgramSocket());
    over.connecting = false;
    assertTrue(CallStack.pop(next));
    assertNull(CallStack.top());
    CallStack.pop(stayed);
    nothingStays();
  }
}
