package io.heagent.it.failover.shapes;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connect without a timeout whose first address refuses and whose second is silent. */
final class RefusedThenSilent {
  private final ShapeHosts hosts;

  RefusedThenSilent(ShapeHosts hosts) {
    this.hosts = hosts;
  }

  /** In each way; tells how each ended. */
  void run() throws Exception {
    run("blocking", this::blocking);
    run("channel", this::channel);
    run("asynchronous", this::async);
  }

  private interface Endless {
    void connect(InetSocketAddress to) throws Exception;
  }

  private void run(String name, Endless way) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    InetSocketAddress refused = hosts.address(name + ".shape.test", 0);
    Future<Object> connect =
        thread.submit(
            () -> {
              way.connect(refused);
              return null;
            });
    Facts facts = new Facts("refused then silent, " + name);
    try {
      connect.get(20, TimeUnit.SECONDS);
      facts.put("end", "connected");
    } catch (TimeoutException e) {
      facts.put("end", "none in 20 s");
    } catch (ExecutionException e) {
      facts.put("end", e.getCause().getClass().getName()).put("message", e.getCause().getMessage());
    }
    facts.print();
  }

  private void blocking(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to);
    }
  }

  private void channel(InetSocketAddress to) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_CONNECT);
      selector.select();
      channel.finishConnect();
    }
  }

  private void async(InetSocketAddress to) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(to).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
