package io.nats.client.support;

import java.util.function.BooleanSupplier;

/** Not that class, though its name begins like it. */
public final class HappyEyeballsConnectors {
  private HappyEyeballsConnectors() {}

  public static boolean ask(BooleanSupplier question) {
    return question.getAsBoolean();
  }
}
