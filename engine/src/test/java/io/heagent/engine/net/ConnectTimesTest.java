package io.heagent.engine.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.core.Outcome;
import io.heagent.engine.loop.ClockedLoop;
import io.heagent.engine.net.real.Loopback;
import io.heagent.engine.race.ConnectListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The times that a listener is told of real connects, by a clock that it moves itself. */
@Tag("socket")
class ConnectTimesTest implements ConnectListener {

  /** How long each attempt takes. */
  private static final long MILLIS = 7;

  private final ClockedLoop loop = new ClockedLoop();
  private final Connector connector = new Connector(loop, Rig.resolver(host -> new InetAddress[0]));
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch finished = new CountDownLatch(1);
  private Loopback net;

  /** Cancelled by the listener when an attempt has begun; null for none. */
  private volatile CompletableFuture<?> unwanted;

  /** Cancelled when an attempt has won; null for none. */
  private volatile CompletableFuture<?> unwantedOnceWon;

  @BeforeEach
  void open() throws IOException {
    net = new Loopback();
  }

  @AfterEach
  void close() throws Exception {
    net.close();
    loop.endWhenIdle();
    Thread thread = loop.thread();
    if (thread != null) {
      thread.join();
    }
  }

  @Override
  public void started(int attempt, InetSocketAddress remote, InetAddress local) {
    loop.passMillis(MILLIS);
    CompletableFuture<?> future = unwanted;
    if (future != null) {
      future.cancel(true);
    }
  }

  @Override
  public void failed(int attempt, InetSocketAddress remote, Throwable cause, long millis) {
    events.add(attempt + " failed after " + millis);
  }

  @Override
  public void lost(int attempt, InetSocketAddress remote, Outcome reason, long millis) {
    events.add(attempt + " " + reason + " after " + millis);
  }

  @Override
  public void won(int attempt, InetSocketAddress remote, long millis) {
    events.add(attempt + " won after " + millis);
    CompletableFuture<?> future = unwantedOnceWon;
    if (future != null) {
      future.cancel(true);
    }
  }

  @Override
  public void finished(String host, int port, int attempts) {
    events.add("finished " + attempts);
    finished.countDown();
  }

  private ConnectSpec spec(int... addresses) throws IOException {
    List<InetAddress> all = new ArrayList<>();
    for (int address : addresses) {
      all.add(Loopback.address(address));
    }
    return new ConnectSpec("x", net.port(), all, ConnectSettings.DEFAULT.with(this));
  }

  @Test
  void eachAttemptIsTimedByItself() throws IOException {
    connector.connect(spec(9, 1)).close();
    assertEquals(List.of("0 failed after 7", "1 won after 7", "finished 2"), events);
  }

  @Test
  void failureNamesTheTimes() throws IOException {
    ConnectSpec spec = spec(8, 9);
    String said = assertThrows(IOException.class, () -> connector.connect(spec)).getMessage();
    assertTrue(
        said.endsWith(
            " (2 addresses tried: 127.0.0.8 refused after 7 ms; 127.0.0.9 refused after 7 ms)"),
        said);
  }

  /** The loop is busy with another race until this is counted down. */
  private CountDownLatch holdUp() {
    CountDownLatch end = new CountDownLatch(1);
    loop.execute(
        () -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    return end;
  }

  @Test
  void winnerThatNobodyWantsAnyMoreIsClosed() throws Exception {
    CountDownLatch known = holdUp();
    unwantedOnceWon = connector.connectAsync(spec(1));
    known.countDown();
    try (Socket accepted = net.good().accept()) {
      assertEquals(-1, accepted.getInputStream().read());
    }
    assertEquals(List.of("0 won after 7", "finished 1"), events);
  }

  /** A listener may end the connect, on the loop's own thread. */
  @Test
  void attemptThatIsCancelledIsTimedToo() throws Exception {
    CountDownLatch known = holdUp();
    unwanted = connector.connectAsync(spec(1));
    known.countDown();
    finished.await();
    assertEquals(List.of("0 CANCELLED after 7", "finished 1"), events);
  }

  @Test
  void connectThatIsCancelledBeforeItsTurnDoesNothing() throws Exception {
    CountDownLatch cancelled = holdUp();
    CompletableFuture<SocketChannel> future = connector.connectAsync(spec(1));
    assertTrue(future.cancel(true));
    CountDownLatch done = new CountDownLatch(1);
    loop.execute(done::countDown);
    cancelled.countDown();
    done.await();
    assertEquals(List.of(), events);
  }
}
