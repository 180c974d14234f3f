package io.heagent.it.startup.entrance;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Says whether this thread has a handler of its own. With an argument it asks a server of its own
 * something by the JDK's HttpClient, which the bridge must be exported to.
 */
public final class EntranceProbe {
  static final String NO_HANDLER = "no handler\n";
  static final String ANSWERED = NO_HANDLER + "answered 204\n";

  private EntranceProbe() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Thread thread = Thread.currentThread();
    boolean none = thread.getUncaughtExceptionHandler() == thread.getThreadGroup();
    System.out.println(none ? "no handler" : thread.getUncaughtExceptionHandler());
    if (args.length == 0) {
      return;
    }
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
      HttpResponse<Void> response =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
      System.out.println("answered " + response.statusCode());
    } finally {
      server.stop(0);
    }
  }
}
