package io.heagent.agent.connect;

import io.heagent.agent.log.Log;
import io.heagent.engine.report.BrokenAddressReporter;
import java.util.function.Consumer;

/** What this JVM's connects tell people of broken addresses: warnings in the log. */
final class BrokenPaths {

  static final BrokenAddressReporter OF_PROCESS = new BrokenAddressReporter(new Warn());

  private BrokenPaths() {}

  private static final class Warn implements Consumer<String> {
    @Override
    public void accept(String line) {
      Log.warn(line);
    }
  }
}
