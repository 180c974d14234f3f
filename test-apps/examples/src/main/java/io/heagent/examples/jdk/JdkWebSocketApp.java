package io.heagent.examples.jdk;

import io.heagent.examples.Report;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Argument: ws URL. The JDK's WebSocket; the server greets with its address. */
public final class JdkWebSocketApp {
  private JdkWebSocketApp() {}

  public static void main(String[] args) {
    Report.print(
        () -> {
          CompletableFuture<String> greeting = new CompletableFuture<>();
          WebSocket socket =
              HttpClient.newHttpClient()
                  .newWebSocketBuilder()
                  .buildAsync(URI.create(args[0]), new Greeted(greeting))
                  .join();
          String address = greeting.get(1, TimeUnit.MINUTES);
          socket.abort();
          return new Report.Seen(address, "greeted");
        });
  }

  private record Greeted(CompletableFuture<String> greeting) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      greeting.complete(text.toString());
      return null;
    }
  }
}
