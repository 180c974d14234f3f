package io.heagent.agent.connect;

/** What has happened in the select that is under way on a thread. Confined to that thread. */
final class SelectPass {

  private static final ThreadLocal<SelectPass> CURRENT = new ThreadLocal<>();

  /** An event was a race's, not the program's. */
  private boolean swallowed;

  /** A wake-up was consumed, ours or the program's. */
  private boolean wokenUp;

  private SelectPass() {}

  static void begin() {
    SelectPass pass = CURRENT.get();
    if (pass == null) {
      CURRENT.set(new SelectPass());
    } else {
      pass.swallowed = false;
      pass.wokenUp = false;
    }
  }

  static void swallowed() {
    SelectPass pass = CURRENT.get();
    if (pass != null) {
      pass.swallowed = true;
    }
  }

  static void wokenUp() {
    SelectPass pass = CURRENT.get();
    if (pass != null) {
      pass.wokenUp = true;
    }
  }

  /** The pass that ends; null if there was none. */
  static SelectPass end() {
    SelectPass pass = CURRENT.get();
    CURRENT.remove();
    return pass;
  }

  boolean isSwallowed() {
    return swallowed;
  }

  boolean isWokenUp() {
    return wokenUp;
  }
}
