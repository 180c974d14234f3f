package io.heagent.it.crowd;

import io.heagent.it.channel.ChannelScenario;
import io.heagent.it.channel.ChannelScenario.Hosts;
import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's flags leave one carrier thread. A virtual thread connects, another address than the
 * first wins, and the thread then reads from a server that never writes. Another virtual thread has
 * to run meanwhile (JDK 21+).
 */
public final class CarrierProbe {
  private static final int TIMEOUT_MILLIS = 10_000;

  private CarrierProbe() {}

  private interface Connect {
    /** Connects, and gives what closes it. */
    Closeable connect(InetSocketAddress to, CompletableFuture<Read> connected) throws Exception;
  }

  private interface Read {
    int read() throws IOException;
  }

  public static void main(String[] args) throws Exception {
    Map<String, Connect> ways = new LinkedHashMap<>();
    ways.put("socket", CarrierProbe::socket);
    ways.put("socket with timeout", CarrierProbe::socketWithTimeout);
    ways.put("blocking channel", CarrierProbe::blockingChannel);
    ways.put("adaptor", CarrierProbe::adaptor);
    ways.put("made blocking before finishConnect", CarrierProbe::madeBlockingBefore);
    ways.put("made blocking after finishConnect", CarrierProbe::madeBlockingAfter);
    try (ServerSocket silent = new ServerSocket(0, 50, Loopback.address(Hosts.GOOD));
        BlackHole dead = BlackHole.on(Hosts.DEAD, silent.getLocalPort())) {
      for (Map.Entry<String, Connect> way : ways.entrySet()) {
        for (ChannelScenario to :
            new ChannelScenario[] {ChannelScenario.DEAD_FIRST, ChannelScenario.REFUSED_FIRST}) {
          Cases.run(way.getKey() + ", " + to, () -> check(way.getValue(), to.address(dead.port())));
        }
      }
    }
  }

  private static void check(Connect way, InetSocketAddress to) throws Exception {
    CompletableFuture<Read> connected = new CompletableFuture<>();
    CompletableFuture<Closeable> opened = new CompletableFuture<>();
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    CompletableFuture<Integer> read = new CompletableFuture<>();
    startVirtual(
        () -> {
          try {
            opened.complete(way.connect(to, connected));
            // Runs once this thread gives up its carrier, which only its read does.
            startVirtual(() -> other.complete(true));
            read.complete(connected.join().read());
          } catch (Exception e) {
            opened.completeExceptionally(e);
            read.completeExceptionally(e);
          }
        });
    Closeable socket = opened.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    try {
      Cases.isTrue(other.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
      Cases.equal(false, read.isDone());
    } finally {
      socket.close();
    }
  }

  private static Closeable socket(InetSocketAddress to, CompletableFuture<Read> connected)
      throws IOException {
    return socket(to, 0, connected);
  }

  private static Closeable socketWithTimeout(
      InetSocketAddress to, CompletableFuture<Read> connected) throws IOException {
    return socket(to, TIMEOUT_MILLIS, connected);
  }

  private static Closeable socket(
      InetSocketAddress to, int millis, CompletableFuture<Read> connected) throws IOException {
    Socket socket = new Socket();
    socket.connect(to, millis);
    connected.complete(() -> socket.getInputStream().read());
    return socket;
  }

  private static Closeable blockingChannel(InetSocketAddress to, CompletableFuture<Read> connected)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.connect(to);
    connected.complete(() -> channel.read(ByteBuffer.allocate(1)));
    return channel;
  }

  private static Closeable adaptor(InetSocketAddress to, CompletableFuture<Read> connected)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.socket().connect(to, TIMEOUT_MILLIS);
    connected.complete(() -> channel.socket().getInputStream().read());
    return channel;
  }

  private static Closeable madeBlockingBefore(
      InetSocketAddress to, CompletableFuture<Read> connected) throws IOException {
    SocketChannel channel = Racing.connecting(to);
    channel.configureBlocking(true);
    Cases.isTrue(channel.finishConnect());
    connected.complete(() -> channel.read(ByteBuffer.allocate(1)));
    return channel;
  }

  private static Closeable madeBlockingAfter(
      InetSocketAddress to, CompletableFuture<Read> connected) throws IOException {
    SocketChannel channel = Racing.connecting(to);
    Racing.finish(channel);
    channel.configureBlocking(true);
    connected.complete(() -> channel.read(ByteBuffer.allocate(1)));
    return channel;
  }

  private static void startVirtual(Runnable task) {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (InvocationTargetException | NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
