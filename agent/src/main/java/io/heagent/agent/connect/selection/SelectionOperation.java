package io.heagent.agent.connect.selection;

import java.nio.channels.Selector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import sun.nio.ch.HeHook;

/**
 * A select of the program that is under way on a thread. It takes several passes if the first ones
 * find nothing for the program. Only that thread uses it.
 */
public final class SelectionOperation {

  /**
   * The select under way on a thread; null for none. For one that began before any race, and that
   * nothing but a wake-up has told of, it is the selector alone: nothing may tell of its end, and
   * then this stays with the thread, so that it must be no object of the agent's.
   */
  private static final ThreadLocal<Object> CURRENT = new ThreadLocal<>();

  /** Those of all threads. A thread adds and removes its own; whoever ends all of them reads it. */
  private static final Set<SelectionOperation> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private final Object selector;

  /** Whether an event was hidden from the program, because it belonged to a race. */
  private boolean swallowed;

  /** Whether a wake-up was consumed, by the agent or by the program. */
  private boolean wokenUp;

  /** Whether a further pass is to follow and has not begun yet. */
  private boolean again;

  /** Whether that pass is the last one, whatever it finds. */
  private boolean last;

  private SelectionOperation(Object selector) {
    this.selector = selector;
  }

  /** Called when a select begins; returns false if it is a further pass of the one under way. */
  public static boolean begin(Object selector) {
    SelectionOperation pass = current();
    if (pass != null && pass.again && pass.selector == selector) {
      pass.again = false;
      return false;
    }
    begin(new SelectionOperation(selector));
    return true;
  }

  private static void begin(SelectionOperation operation) {
    SelectionOperation before = current();
    if (before != null) {
      UNDER_WAY.remove(before);
    }
    UNDER_WAY.add(operation);
    CURRENT.set(operation);
  }

  /**
   * Wakes the selector of every select that this class follows, because the agent leaves the JVM
   * and no thread may keep an object of it. The program sees a wake-up like any other.
   *
   * @return whether there is no such select any more
   */
  public static boolean endAll() {
    for (SelectionOperation operation : UNDER_WAY) {
      ((Selector) operation.selector).wakeup();
    }
    return UNDER_WAY.isEmpty();
  }

  /** The select under way; null for none. */
  public static SelectionOperation current() {
    return CURRENT.get() instanceof SelectionOperation pass ? pass : null;
  }

  /** Called when the select of this thread returns to the program. */
  public static void end() {
    SelectionOperation over = current();
    if (over != null) {
      UNDER_WAY.remove(over);
    }
    CURRENT.remove();
  }

  /** Called when an event was hidden from the program. */
  public static void swallowed() {
    SelectionOperation pass = current();
    if (pass != null) {
      pass.swallowed = true;
    }
  }

  /** Called when the selector has consumed a wake-up. */
  public static void wokenUp(Object selector) {
    SelectionOperation pass = current();
    if (pass == null) {
      CURRENT.set(selector);
    } else {
      pass.wokenUp = true;
    }
  }

  /**
   * Called when a select ends that has found nothing and was not seen to begin.
   *
   * @return whether it began before any race and was woken up. Then it is followed from now on;
   *     true once for each select
   */
  @SuppressWarnings("ReferenceEquality") // A selector is itself.
  public static boolean isLate(Object selector) {
    if (CURRENT.get() != selector) {
      return false;
    }
    SelectionOperation pass = new SelectionOperation(selector);
    pass.wokenUp = true;
    begin(pass);
    return true;
  }

  /**
   * Called when a pass ends.
   *
   * @param found how many keys the pass has found
   * @param timeout the timeout of the program's select: -1 to wait, 0 not to wait, otherwise
   *     milliseconds
   * @param nanos how long ago that select began
   * @return the timeout of the pass that is to follow, or {@link HeHook#RETURN}
   */
  public long next(int found, long timeout, long nanos) {
    long next = HeHook.RETURN;
    if (found == 0 && timeout != 0 && !last) {
      if (wokenUp) {
        // The JDK has one flag for all wake-ups, so it is not known whether the agent or the
        // program has woken the selector. In both cases it is right to look once more without
        // waiting: if the agent has woken it, the key to look at is queued by now.
        next = 0;
      } else if (swallowed) {
        long left = timeout - nanos / 1_000_000L;
        next = timeout < 0 ? timeout : left > 0 ? left : HeHook.RETURN;
      }
    }
    again = next != HeHook.RETURN;
    last = next == 0;
    swallowed = false;
    wokenUp = false;
    return next;
  }
}
