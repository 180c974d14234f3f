package io.heagent.engine.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heagent.engine.net.real.Descriptors;
import io.heagent.engine.net.real.Loopback;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How the loop deregisters channels: in batches, and so that no other socket gets the number of a
 * channel before.
 */
@Tag("socket")
class WatchTest {
  private static final int BATCH = 100;

  private final EventLoop loop = Loops.briefly();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<AutoCloseable> accepted = new ArrayList<>();
  private ServerSocket server;

  /** What a test asks on the loop's thread. */
  private interface Question<T> {
    T ask() throws Exception;
  }

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, BATCH, Loopback.address(1));
  }

  @AfterEach
  void close() throws Exception {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    for (AutoCloseable each : accepted) {
      each.close();
    }
    server.close();
    Thread thread = loop.thread();
    if (thread != null) {
      thread.join();
    }
  }

  private <T> T inLoop(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            answer.complete(question.ask());
          } catch (Throwable thrown) {
            answer.completeExceptionally(thrown);
          }
        });
    return answer.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Connects a batch of channels, so that all of them are ready at the next selection. */
  private void connectAll() throws IOException {
    for (int i = 0; i < BATCH; i++) {
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      channel.configureBlocking(false);
      channel.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
      accepted.add(server.accept());
    }
  }

  @Test
  void aBatchIsDeregisteredByOneSelection() {
    Set<Long> selects = new HashSet<>();
    CompletableFuture<Void> all = new CompletableFuture<>();
    long before =
        inLoop(
            () -> {
              connectAll();
              int[] left = {BATCH};
              for (SocketChannel channel : channels) {
                loop.watch(
                    channel,
                    SelectionKey.OP_CONNECT,
                    () -> {
                      selects.add(loop.selects());
                      if (!channel.isRegistered() && --left[0] == 0) {
                        all.complete(null);
                      }
                    });
              }
              return loop.selects();
            });
    all.orTimeout(60, TimeUnit.SECONDS).join();
    // One selection finds them ready, and one deregisters them.
    assertEquals(Set.of(before + 2), selects);
  }

  @Test
  void whatIsEndedIsDeregisteredByOneSelection() {
    long before =
        inLoop(
            () -> {
              connectAll();
              List<Watch> watches = new ArrayList<>();
              for (SocketChannel channel : channels) {
                watches.add(loop.watch(channel, SelectionKey.OP_READ, () -> {}));
              }
              for (int i = 0; i < BATCH; i++) {
                watches.get(i).end();
                channels.get(i).close();
              }
              return loop.selects();
            });
    while (inLoop(() -> channels.get(BATCH - 1).isRegistered())) {
      Thread.onSpinWait();
    }
    long selects = inLoop(loop::selects) - before;
    for (SocketChannel channel : channels) {
      assertFalse(channel.isRegistered());
    }
    // One selection after the task, and a few for the questions that were asked meanwhile.
    assertTrue(selects < BATCH / 4, () -> selects + " selections");
  }

  /** Whoever ends a watch may go on with the channel, which then may block. */
  @Test
  void whatIsEndedCanBeMadeBlocking() throws IOException {
    inLoop(
        () -> {
          connectAll();
          for (SocketChannel channel : channels) {
            loop.watch(channel, SelectionKey.OP_READ, () -> {}).end();
          }
          return null;
        });
    while (inLoop(() -> channels.get(BATCH - 1).isRegistered())) {
      Thread.onSpinWait();
    }
    for (SocketChannel channel : channels) {
      channel.configureBlocking(true);
    }
  }

  /**
   * The JDK's behaviour on which the loop relies when a channel is closed before the selector has
   * deregistered it.
   */
  @Test
  void theNumberOfAClosedChannelIsNobodyElsesWhileItIsRegistered() throws Exception {
    long before = Descriptors.open();
    long[] inTask = new long[2];
    inLoop(
        () -> {
          connectAll();
          List<Watch> watches = new ArrayList<>();
          for (SocketChannel channel : channels) {
            watches.add(loop.watch(channel, SelectionKey.OP_READ, () -> {}));
          }
          inTask[0] = Descriptors.open();
          for (int i = 0; i < BATCH; i++) {
            watches.get(i).end();
            channels.get(i).close();
          }
          inTask[1] = Descriptors.open();
          return null;
        });
    assertEquals(inTask[0], inTask[1]);
    while (inLoop(() -> channels.get(BATCH - 1).isRegistered())) {
      Thread.onSpinWait();
    }
    // Only the accepted ends are still open; the loop's selector was not open before.
    assertEquals(inTask[0] - BATCH, inLoop(Descriptors::open));
    assertTrue(before < inTask[0]);
  }

  @Test
  void whatIsEndedInABatchDoesNotRun() {
    List<Watch> watches = new ArrayList<>();
    CompletableFuture<Void> first = new CompletableFuture<>();
    int[] runs = {0};
    inLoop(
        () -> {
          connectAll();
          for (SocketChannel channel : channels) {
            watches.add(
                loop.watch(
                    channel,
                    SelectionKey.OP_CONNECT,
                    () -> {
                      runs[0]++;
                      watches.forEach(Watch::end);
                      first.complete(null);
                    }));
          }
          return null;
        });
    first.orTimeout(60, TimeUnit.SECONDS).join();
    assertEquals(1, inLoop(() -> runs[0]));
  }
}
