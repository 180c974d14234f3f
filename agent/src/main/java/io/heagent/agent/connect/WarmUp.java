package io.heagent.agent.connect;

import io.heagent.engine.core.RaceCore;
import io.heagent.engine.core.RaceSettings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.nio.ch.HeJdk;

/**
 * Makes the first side race of a JVM as quick as the others: loads and initialises what it needs,
 * some ten milliseconds' worth, while the first address is still being waited for.
 */
final class WarmUp {

  private static final AtomicBoolean DONE = new AtomicBoolean();

  private WarmUp() {}

  static void once() {
    if (!DONE.compareAndSet(false, true)) {
      return;
    }
    RaceCore core = new RaceCore(RaceSettings.DEFAULT, 0, 1);
    core.poll();
    core.offer(0);
    core.failed(0, null, true, 0);
    core.attempts();
    try (SocketChannel channel = HeJdk.openChannel(false)) {
      new SocketOptions(channel, channel, false, false).carryChanged();
      channel.configureBlocking(false);
      new PollWaiter().await(List.of(), 1);
      channel.finishConnect();
    } catch (IllegalStateException notConnecting) {
      // That much was known: finishConnect was called to be loaded.
      return;
    } catch (IOException e) {
      Failures.ignored(e);
    }
  }
}
