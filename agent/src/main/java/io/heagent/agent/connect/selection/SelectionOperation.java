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

  private static final ThreadLocal<SelectionOperation> CURRENT = new ThreadLocal<>();

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

  /** Whether the select began before any race, so that {@link #begin} was not called for it. */
  private boolean late;

  private SelectionOperation(Object selector) {
    this.selector = selector;
  }

  /** Called when a select begins; returns false if it is a further pass of the one under way. */
  public static boolean begin(Object selector) {
    SelectionOperation pass = CURRENT.get();
    if (pass != null && pass.again && pass.selector == selector) {
      pass.again = false;
      return false;
    }
    begin(new SelectionOperation(selector));
    return true;
  }

  private static void begin(SelectionOperation operation) {
    SelectionOperation before = CURRENT.get();
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
    return CURRENT.get();
  }

  /** Called when the select of this thread returns to the program. */
  public static void end() {
    SelectionOperation over = CURRENT.get();
    if (over != null) {
      UNDER_WAY.remove(over);
    }
    CURRENT.remove();
  }

  /** Called when an event was hidden from the program. */
  public static void swallowed() {
    SelectionOperation pass = CURRENT.get();
    if (pass != null) {
      pass.swallowed = true;
    }
  }

  /** Called when the selector has consumed a wake-up. */
  public static void wokenUp(Object selector) {
    SelectionOperation pass = CURRENT.get();
    if (pass == null) {
      pass = new SelectionOperation(selector);
      pass.late = true;
      begin(pass);
    }
    pass.wokenUp = true;
  }

  /**
   * Whether the select that ends began before any race, so that {@link #wokenUp} was the first to
   * tell of it. True once for each select.
   */
  public static boolean isLate(Object selector) {
    SelectionOperation pass = CURRENT.get();
    boolean is = pass != null && pass.late && pass.selector == selector;
    if (is) {
      pass.late = false;
    }
    return is;
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
