package io.heagent.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A web server on one address: {@code /} is a line of text, {@code /file} some megabytes. Every
 * answer names the address it was served on in its {@code Server} header.
 */
public final class HttpOrigin implements Closeable {
  private static final int FILE_BYTES = 4 << 20;

  private final HttpServer server;
  private final ExecutorService threads;
  private final byte[] file;
  private final AtomicInteger requests = new AtomicInteger();

  private HttpOrigin(HttpServer server) {
    this.server = server;
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "http origin");
              thread.setDaemon(true);
              return thread;
            });
    this.file = new byte[FILE_BYTES];
    new Random(1).nextBytes(file);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, text(exchange)));
    server.createContext("/file", exchange -> answer(exchange, file));
    server.start();
  }

  /** Serves http; port 0 takes a free one. */
  public static HttpOrigin http(String address, int port) throws IOException {
    return new HttpOrigin(HttpServer.create(socketAddress(address, port), AcceptLoop.BACKLOG));
  }

  /** Serves https; port 0 takes a free one. */
  public static HttpOrigin https(String address, int port, SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(socketAddress(address, port), AcceptLoop.BACKLOG);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new HttpOrigin(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** How many requests have been answered so far. */
  public int requests() {
    return requests.get();
  }

  /** What a client's download of {@code /file} must add up to, in hexadecimal. */
  public String fileSha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    requests.incrementAndGet();
    exchange.getResponseHeaders().set("Server", "origin on " + servedOn(exchange));
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] text(HttpExchange exchange) {
    return ("served by " + servedOn(exchange) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String servedOn(HttpExchange exchange) {
    return exchange.getLocalAddress().getAddress().getHostAddress();
  }

  private static InetSocketAddress socketAddress(String address, int port) {
    return new InetSocketAddress(Loopback.address(address), port);
  }
}
