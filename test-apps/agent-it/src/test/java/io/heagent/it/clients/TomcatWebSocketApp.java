package io.heagent.it.clients;

import io.heagent.examples.Report;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Arguments: ws URL, connect timeout in ms. Tomcat's WebSocket client. */
public final class TomcatWebSocketApp {
  private TomcatWebSocketApp() {}

  public static void main(String[] args) {
    Report.print(
        () -> {
          CompletableFuture<String> greeting = new CompletableFuture<>();
          ClientEndpointConfig config = ClientEndpointConfig.Builder.create().build();
          config.getUserProperties().put("org.apache.tomcat.websocket.IO_TIMEOUT_MS", args[1]);
          try (Session session =
              ContainerProvider.getWebSocketContainer()
                  .connectToServer(new Greeted(greeting), config, URI.create(args[0]))) {
            return new Report.Seen(
                greeting.get(1, TimeUnit.MINUTES), "greeted, " + session.getProtocolVersion());
          }
        });
  }

  private static final class Greeted extends Endpoint {
    private final CompletableFuture<String> greeting;

    Greeted(CompletableFuture<String> greeting) {
      this.greeting = greeting;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, greeting::complete);
    }
  }
}
