package io.nats.client.support;

import java.util.function.BooleanSupplier;

/**
 * Named as a class of jnats that races by itself; asks with itself, or a part of it, on the stack.
 */
public final class HappyEyeballsConnector {
  private HappyEyeballsConnector() {}

  public static boolean ask(BooleanSupplier question) {
    return question.getAsBoolean();
  }

  /** A class inside. */
  public static final class Task {
    private Task() {}

    public static boolean ask(BooleanSupplier question) {
      return question.getAsBoolean();
    }
  }
}
