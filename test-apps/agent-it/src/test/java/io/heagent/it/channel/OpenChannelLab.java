package io.heagent.it.channel;

import io.heagent.testkit.jvm.ForkedJvm;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link ChannelLab} that is open for the time of one test class, whose static field it is, under
 * {@code @RegisterExtension}.
 */
public final class OpenChannelLab implements BeforeAllCallback, AfterAllCallback {
  private ChannelLab lab;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    lab = new ChannelLab();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    lab.close();
  }

  /** The port that all hosts of the lab listen on. */
  public int port() {
    return lab.port();
  }

  /** A JVM with the agent, which has these arguments. */
  public ForkedJvm agent(String arguments) {
    return lab.agent(arguments);
  }
}
