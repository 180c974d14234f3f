package io.heagent.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The program is given its exception, with its own frames where that is possible at all. */
class StackTraceCleanerTest {

  private static StackTraceElement frame(String type) {
    return new StackTraceElement(type, "method", null, -1);
  }

  /**
   * An exception whose stack trace cannot be read or set so many times, as if no memory or no stack
   * were left.
   */
  private static final class Poor extends Exception {
    private static final long serialVersionUID = 1;

    private int left;

    Poor(int times) {
      left = times;
    }

    private void spend() {
      if (left-- > 0) {
        throw new StackOverflowError();
      }
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      spend();
      return super.getStackTrace();
    }

    @Override
    public void setStackTrace(StackTraceElement[] trace) {
      spend();
      super.setStackTrace(trace);
    }
  }

  @Test
  void agentsFramesAreTakenOutOfItAndOfWhatItSuppresses() {
    StackTraceElement[] trace = {
      frame("sun.nio.ch.HeHook"), frame("io.heagent.agent.connect.A"), frame("java.net.Socket")
    };
    Exception failure = new Exception();
    Exception suppressed = new Exception();
    failure.addSuppressed(suppressed);
    failure.setStackTrace(trace);
    suppressed.setStackTrace(trace);
    assertSame(failure, StackTraceCleaner.cleaned(failure));
    for (Exception cleaned : List.of(failure, suppressed)) {
      assertEquals(List.of(trace[2]), Arrays.asList(cleaned.getStackTrace()));
    }
  }

  @Test
  void whatCannotBeCleanedHasNoTrace() {
    Poor failure = new Poor(1);
    assertSame(failure, StackTraceCleaner.cleaned(failure));
    assertEquals(0, failure.getStackTrace().length);
  }

  @Test
  void theLastWordIsSaidThoughCleaningThrows() {
    assertThrows(StackOverflowError.class, () -> StackTraceCleaner.cleaned(new Poor(2)));
    Poor failure = new Poor(2);
    assertSame(failure, StackTraceCleaner.cleanedIfPossible(failure));
    assertEquals(0, failure.getStackTrace().length);
  }

  @Test
  void evenAsItIs() {
    Poor failure = new Poor(3);
    assertSame(failure, StackTraceCleaner.cleanedIfPossible(failure));
  }
}
