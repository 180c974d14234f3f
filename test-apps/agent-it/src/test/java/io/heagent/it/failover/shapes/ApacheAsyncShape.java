package io.heagent.it.failover.shapes;

import io.heagent.it.lab.Facts;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.net.BlackHole;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.util.Timeout;

/** Apache's asynchronous client, which walks a name's addresses by itself, and asks once more. */
final class ApacheAsyncShape {
  private final ShapeHosts hosts;

  ApacheAsyncShape(ShapeHosts hosts) {
    this.hosts = hosts;
  }

  /** Walks over channels; its next connect precedes the close of the last channel. */
  void run() throws Exception {
    InetSocketAddress[] both = {
      hosts.address("async.shape.test", 0), hosts.address("async.shape.test", 1)
    };
    BlackHole first = hosts.dead(both[0]);
    BlackHole second = hosts.dead(both[1]);
    Timeout timeout = Timeout.of(ShapesProbe.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    var connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(timeout).build())
            .build();
    Facts facts = new Facts("apache async");
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(connections)
            .build()) {
      client.start();
      // What the client and other agents do with the classes of a first answer may take seconds.
      get(client, "warm.shape.test");
      long sockets = sockets();
      facts.put("first", get(client, "async.shape.test"));
      // The client reports the failure before it closes the last channel.
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ShapesProbe.TIMEOUT_MILLIS / 3);
      while (sockets() > sockets && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      second.close();
      HttpOrigin back = HttpOrigin.http(both[1].getAddress().getHostAddress(), hosts.port());
      long begun = System.nanoTime();
      facts.put("second", get(client, "async.shape.test"));
      long millis = (System.nanoTime() - begun) / 1_000_000L;
      facts.put("late", millis >= ShapesProbe.TIMEOUT_MILLIS).print();
      back.close();
    }
    first.close();
  }

  /** How many this process has. */
  private static long sockets() throws IOException {
    long sockets = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        sockets += isSocket(one) ? 1 : 0;
      }
    }
    return sockets;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private String get(CloseableHttpAsyncClient client, String host) throws InterruptedException {
    SimpleHttpRequest request =
        SimpleHttpRequest.create(Method.GET.name(), "http://" + host + ":" + hosts.port() + "/");
    try {
      return String.valueOf(client.execute(request, null).get().getCode());
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    }
  }
}
