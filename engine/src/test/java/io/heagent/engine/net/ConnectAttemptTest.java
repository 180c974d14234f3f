package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.AttemptRecord;
import io.heagent.engine.core.Outcome;
import io.heagent.engine.loop.ClockedLoop;
import io.heagent.engine.net.real.Descriptors;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.AttemptContext;
import io.heagent.engine.race.RaceResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One real connect, on a loop whose clock the test moves. */
@Tag("socket")
class ConnectAttemptTest {

  private final ClockedLoop loop = new ClockedLoop();
  private final CompletableFuture<String> report = new CompletableFuture<>();
  private final CompletableFuture<SocketChannel> won = new CompletableFuture<>();
  private final CompletableFuture<Throwable> told = new CompletableFuture<>();

  /** Stops the attempt; null before the attempt has said how. */
  private Runnable stop;

  private final class Context implements AttemptContext<SocketChannel> {
    @Override
    public int index() {
      return 0;
    }

    @Override
    public void succeed(SocketChannel value) {
      won.complete(value);
      report.complete("succeeded");
    }

    @Override
    public void fail(Throwable cause) {
      report.complete("failed: " + cause.getClass().getSimpleName());
    }

    @Override
    public void failLocally(Throwable cause) {
      report.complete("failed locally: " + cause.getClass().getSimpleName());
    }

    @Override
    public void onCancel(Runnable handler) {
      stop = handler;
    }

    @Override
    public Outcome cancelReason() {
      return null;
    }
  }

  @AfterEach
  void end() throws IOException {
    if (won.isDone()) {
      won.join().close();
    }
    loop.endWhenIdle();
  }

  private ConnectAttempt attempt(int address, int port) throws IOException {
    Target target = new Target(new InetSocketAddress(Loopback.address(address), port), null);
    return new ConnectAttempt(
        loop, target, Map.of(StandardSocketOptions.TCP_NODELAY, true), told::complete);
  }

  private void inLoop(Consumer<Context> task) {
    loop.execute(
        () -> {
          try {
            task.accept(new Context());
          } catch (Throwable thrown) {
            report.completeExceptionally(thrown);
          }
        });
  }

  /** Nobody refuses so soon from far away, so the next attempt need not be held back. */
  @ParameterizedTest
  @CsvSource({
    "0, failed locally",
    "9999999, failed locally",
    "10000000, failed",
    "1000000000, failed"
  })
  void refusalWithinTenMillisecondsIsLocal(long nanos, String how) throws IOException {
    try (Loopback net = new Loopback()) {
      ConnectAttempt attempt = attempt(9, net.port());
      inLoop(
          context -> {
            attempt.start(context);
            loop.pass(nanos);
          });
      assertEquals(how + ": ConnectException", report.join());
      assertEquals("ConnectException", told.join().getClass().getSimpleName());
    }
  }

  @Test
  void connectionIsBlockingAndHasTheOptions() throws IOException {
    try (Loopback net = new Loopback()) {
      ConnectAttempt attempt = attempt(1, net.port());
      inLoop(attempt::start);
      assertEquals("succeeded", report.join());
      assertTrue(won.join().isBlocking());
      assertTrue(won.join().isConnected());
      assertTrue(won.join().getOption(StandardSocketOptions.TCP_NODELAY));
      assertFalse(told.isDone());
    }
  }

  /** Nothing was sent that anybody could answer. */
  @Test
  void channelThatCannotBeWatchedIsClosedAndFailsLocally() throws Exception {
    try (Loopback net = new Loopback()) {
      ConnectAttempt attempt = attempt(1, net.port());
      loop.noWatch = new IOException("no watch");
      long before = Descriptors.open();
      inLoop(attempt::start);
      assertEquals("failed locally: IOException", report.join());
      assertEquals("no watch", told.join().getMessage());
      endOfLoop();
      assertEquals(before, Descriptors.open());
    }
  }

  @Test
  void attemptThatIsGivenUpReportsNothing() throws Exception {
    try (Loopback net = new Loopback()) {
      ConnectAttempt attempt = attempt(1, net.port());
      long before = Descriptors.open();
      inLoop(
          context -> {
            attempt.start(context);
            stop.run();
          });
      endOfLoop();
      assertFalse(report.isDone());
      assertEquals(before, Descriptors.open());
    }
  }

  @Test
  void connectionIsTheCallersUntilNobodyWantsIt() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      ConnectResult result = result(channel);
      assertSame(channel, result.channelOrThrow());
      assertTrue(channel.isOpen());
      result.close();
      assertFalse(channel.isOpen());
    }
    result(null).close(); // there is none
  }

  private static ConnectResult result(SocketChannel value) {
    AttemptRecord attempt = new AttemptRecord(0, 0, 1, Outcome.WON, null);
    return new ConnectResult(
        new ConnectSpec("x", 443, null, ConnectSettings.DEFAULT),
        new RaceResult<>(RaceResult.End.WON, value, 0, List.of(attempt), null),
        List.of());
  }

  private void endOfLoop() throws InterruptedException {
    loop.endWhenIdle();
    Thread thread = loop.thread();
    if (thread != null) {
      thread.join();
    }
  }
}
