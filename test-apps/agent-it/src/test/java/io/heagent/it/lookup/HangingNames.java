package io.heagent.it.lookup;

import io.heagent.it.lab.AgentLab;
import io.heagent.testkit.jvm.ForkedJvm;
import io.heagent.testkit.jvm.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * JVMs in which every look-up hangs for as long as they live: their hosts file is a pipe that
 * nobody writes to.
 */
public final class HangingNames implements Closeable {
  private final TempDirectory directory;

  private HangingNames(TempDirectory directory) {
    this.directory = directory;
  }

  public static HangingNames create() throws IOException, InterruptedException {
    HangingNames names = new HangingNames(TempDirectory.create("hanging"));
    Process mkfifo =
        new ProcessBuilder("mkfifo", names.pipe().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
      names.close();
      throw new IOException("no pipe");
    }
    return names;
  }

  private Path pipe() {
    return directory.path().resolve("pipe");
  }

  public ForkedJvm agent(String arguments) {
    return ForkedJvm.onThisJdk()
        .limit(Duration.ofMinutes(5))
        .flags("-Djdk.net.hosts.file=" + pipe())
        .agent(AgentLab.JAR, arguments);
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
