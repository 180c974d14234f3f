package io.heagent.agent.connect.selection;

import sun.nio.ch.HeHook;

/**
 * The select that is under way on a thread. It is repeated in several passes until there is
 * something for the program. Only that thread uses it.
 */
public final class SelectionOperation {

  private static final ThreadLocal<SelectionOperation> CURRENT = new ThreadLocal<>();

  private final Object selector;

  /** Whether an event belonged to a race, and not to the program. */
  private boolean swallowed;

  /** Whether a wake-up was consumed, by the agent or by the program. */
  private boolean wokenUp;

  /** Whether a further pass is wanted, and has not begun as far as is known. */
  private boolean again;

  /** Whether that pass is the last one, whatever it finds. */
  private boolean last;

  /** Whether the select began before any race, so that nobody has been told of its beginning. */
  private boolean late;

  private SelectionOperation(Object selector) {
    this.selector = selector;
  }

  /** Begins a select; false if it is a further pass of the one under way. */
  public static boolean begin(Object selector) {
    SelectionOperation pass = CURRENT.get();
    if (pass != null && pass.again && pass.selector == selector) {
      pass.again = false;
      return false;
    }
    CURRENT.set(new SelectionOperation(selector));
    return true;
  }

  /** The select under way; null for none. */
  public static SelectionOperation current() {
    return CURRENT.get();
  }

  public static void end() {
    CURRENT.remove();
  }

  public static void swallowed() {
    SelectionOperation pass = CURRENT.get();
    if (pass != null) {
      pass.swallowed = true;
    }
  }

  public static void wokenUp(Object selector) {
    SelectionOperation pass = CURRENT.get();
    if (pass == null) {
      pass = new SelectionOperation(selector);
      pass.late = true;
      CURRENT.set(pass);
    }
    pass.wokenUp = true;
  }

  /** Whether the select that ends has been begun by nobody but {@link #wokenUp}; told once. */
  public static boolean isLate(Object selector) {
    SelectionOperation pass = CURRENT.get();
    boolean is = pass != null && pass.late && pass.selector == selector;
    if (is) {
      pass.late = false;
    }
    return is;
  }

  /**
   * A pass is through.
   *
   * @param found how many keys it has found
   * @param timeout of the program's select: -1 to wait, 0 not to wait, else milliseconds
   * @param nanos since that began
   * @return the same of the pass that is to follow, or {@link HeHook#RETURN}
   */
  public long next(int found, long timeout, long nanos) {
    long next = HeHook.RETURN;
    if (found == 0 && timeout != 0 && !last) {
      if (wokenUp) {
        // The JDK has one flag for all wake-ups, so it is not known whether the agent or the
        // program has woken the selector. In both cases it is right to look once more without
        // waiting: what the agent has woken it for is queued by now.
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
