package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.Outcome;
import io.heagent.engine.net.real.Descriptors;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.AttemptContext;
import io.heagent.engine.race.RaceOptions;
import io.heagent.engine.time.SystemScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How connects end early, and that they leave nothing open. */
@Tag("socket")
class ConnectorEndTest {
  private final Rig rig = new Rig();
  private final CountDownLatch looking = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private final CompletableFuture<Thread> lookupThread = new CompletableFuture<>();

  /**
   * A connector whose look-ups count {@code looking} down when they begin, and end when the test
   * counts {@code answer} down.
   */
  private final Connector stuck =
      new Connector(
          rig.loop,
          Rig.resolver(
              host -> {
                lookupThread.complete(Thread.currentThread());
                looking.countDown();
                try {
                  answer.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
              }));

  private Loopback net;

  @BeforeEach
  void open() throws IOException {
    net = new Loopback();
  }

  @AfterEach
  void close() throws Exception {
    answer.countDown();
    net.close();
    rig.close();
  }

  @Test
  void asyncForm() throws IOException {
    rig.names.put("x", new InetAddress[] {net.dead(2), Loopback.address(1)});
    CompletableFuture<SocketChannel> future = rig.connector.connectAsync(rig.spec("x", net.port()));
    CompletableFuture<Boolean> inLoop = future.thenApply(channel -> rig.loop.inLoop());
    future.join().close();
    assertFalse(inLoop.join(), "what hangs on the future must not hold up the loop");
  }

  @Test
  void asyncFailure() {
    CompletableFuture<SocketChannel> future =
        rig.connector.connectAsync(
            rig.spec("127.0.0.2", net.port(), List.of(address(2), address(3))));
    CompletionException failure = assertThrows(CompletionException.class, future::join);
    String message = failure.getCause().getMessage();
    assertTrue(
        message.matches("Connection refused( \\(connect failed\\))?: 127\\.0\\.0\\.2:.*"), message);
  }

  @Test
  void c10CancelWhileLookingUp() throws InterruptedException {
    CompletableFuture<SocketChannel> future = stuck.connectAsync(rig.spec("x", net.port()));
    looking.await();
    assertTrue(future.cancel(true));
    rig.finished.await();
    answer.countDown();
    while (isIn("io.heagent.engine.resolve.LookupPool", lookupThread.join())) {
      Thread.onSpinWait();
    }
    rig.settle();
    assertEquals(List.of("finished 0"), rig.events);
  }

  @Test
  void timeoutWhileLookingUp() {
    rig.options = rig.options.timeout(Duration.ofMillis(30));
    SocketTimeoutException failure =
        assertThrows(SocketTimeoutException.class, () -> stuck.connect(rig.spec("x", net.port())));
    assertEquals(
        "Connect timed out: x:" + net.port() + " (0 addresses tried)", failure.getMessage());
  }

  @Test
  void interruptWhileConnecting() throws Exception {
    InetAddress dead = net.dead(2);
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    long before = Descriptors.open();
    Thread thread =
        new Thread(
            () -> {
              assertThrows(
                  ClosedByInterruptException.class,
                  () -> rig.connector.connect(rig.spec("x", net.port(), List.of(dead))));
              stillInterrupted.complete(Thread.currentThread().isInterrupted());
            });
    thread.start();
    while (!rig.events.contains("started 0 127.0.0.2")) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    assertTrue(stillInterrupted.join());
    rig.finished.await();
    rig.loop.thread().join();
    assertEquals(before, Descriptors.open());
  }

  @Test
  void interruptedBefore() {
    Thread.currentThread().interrupt();
    assertThrows(
        ClosedByInterruptException.class,
        () -> rig.connector.connect(rig.spec("127.0.0.1", net.port())));
    assertTrue(Thread.interrupted());
    assertEquals(List.of(), rig.events);
  }

  @Test
  void listenerMustNotConnect() throws IOException {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    rig.loop.execute(
        () -> {
          try {
            rig.connector.connect(rig.spec("127.0.0.1", net.port())).close();
          } catch (IllegalStateException | IOException e) {
            thrown.complete(e);
          }
        });
    assertTrue(thrown.join() instanceof IllegalStateException);
  }

  @Test
  void c13r1NoDescriptorAndNoThreadIsLeft() throws Exception {
    rig.names.put("x", new InetAddress[] {net.dead(2), net.dead(3), Loopback.address(1)});
    rig.names.put("refused", new InetAddress[] {address(8), address(9)});
    rig.options = rig.options.delay(Duration.ofMillis(10));
    long before = Descriptors.open();
    Thread loopThread = null;
    for (int i = 0; i < 20; i++) {
      rig.connector.connect(rig.spec("x", net.port())).close();
      net.good().accept().close();
      assertThrows(IOException.class, () -> rig.connector.connect(rig.spec("refused", net.port())));
      CompletableFuture<SocketChannel> cancelled =
          rig.connector.connectAsync(rig.spec("x", net.port()));
      cancelled.cancel(true);
      loopThread = rig.loop.thread() == null ? loopThread : rig.loop.thread();
    }
    loopThread.join();
    while (rig.loop.thread() != null) {
      rig.loop.thread().join();
    }
    assertNull(rig.loop.thread());
    assertEquals(before, Descriptors.open());
  }

  @Test
  void r3CancelAgainstWinLeavesNothingOpen() throws Exception {
    rig.connector.connect(rig.spec("127.0.0.1", net.port())).close();
    net.good().accept().close();
    for (int i = 0; i < 200; i++) {
      CompletableFuture<SocketChannel> future =
          rig.connector.connectAsync(rig.spec("127.0.0.1", net.port()));
      if (i % 2 == 0) {
        rig.settle();
      }
      if (!future.cancel(true)) {
        future.join().close();
      }
    }
    rig.settle();
    // The server reads the end of every connection that it has accepted, so the client has left
    // none open.
    net.good().setSoTimeout(200);
    while (true) {
      try (var accepted = net.good().accept()) {
        accepted.setSoTimeout(10_000);
        assertEquals(-1, readOrReset(accepted));
      } catch (SocketTimeoutException noMore) {
        return;
      }
    }
  }

  @Test
  void loopThreadIsADaemonWithoutClassLoader() throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    rig.loop.execute(() -> thread.complete(Thread.currentThread()));
    assertTrue(thread.join().isDaemon());
    assertNull(thread.join().getContextClassLoader());
    thread.join().join(); // ends when idle
  }

  @Test
  void noBusyLoopWhileRacing() throws Exception {
    // Once without a timer, and once with one that is due much later.
    for (RaceOptions options :
        List.of(rig.options.sequential(), rig.options.timeout(Duration.ofHours(1)))) {
      rig.options = options.sequential();
      List<InetAddress> dead = List.of(net.dead(2));
      CompletableFuture<SocketChannel> future =
          rig.connector.connectAsync(rig.spec("x", net.port(), dead));
      rig.settle();
      long before = rig.loop.selects();
      CompletableFuture<Void> later = new CompletableFuture<>();
      SystemScheduler.shared()
          .schedule(SystemScheduler.shared().now() + 50_000_000, () -> later.complete(null));
      later.join();
      assertTrue(rig.loop.selects() - before < 5, () -> rig.loop.selects() + " selects");
      future.cancel(true);
      net.close();
      net = new Loopback();
    }
  }

  @Test
  void s9FailureWhileBeingMadeIsLocal() throws Exception {
    CompletableFuture<String> report = new CompletableFuture<>();
    AttemptContext<SocketChannel> context =
        new AttemptContext<>() {
          @Override
          public int index() {
            return 0;
          }

          @Override
          public void succeed(SocketChannel value) {
            report.complete("succeeded");
          }

          @Override
          public void fail(Throwable cause) {
            report.complete("failed");
          }

          @Override
          public void failLocally(Throwable cause) {
            report.complete("failed locally: " + cause.getClass().getSimpleName());
          }

          @Override
          public void onCancel(Runnable handler) {}

          @Override
          public Outcome cancelReason() {
            return null;
          }
        };
    Target target =
        new Target(
            new InetSocketAddress(address(1), net.port()), InetAddress.getByName("192.0.2.1"));
    rig.loop.execute(
        () -> new ConnectAttempt(rig.loop, target, Map.of(), cause -> {}).start(context));
    assertEquals("failed locally: BindException", report.join());
  }

  private static boolean isIn(String type, Thread thread) {
    return Arrays.stream(thread.getStackTrace()).anyMatch(f -> f.getClassName().equals(type));
  }

  private static int readOrReset(Socket socket) {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException stillOpen) {
      return -2;
    } catch (IOException reset) {
      return -1;
    }
  }

  private static InetAddress address(int n) {
    try {
      return Loopback.address(n);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
