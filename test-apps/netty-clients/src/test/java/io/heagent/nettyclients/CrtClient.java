package io.heagent.nettyclients;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.crt.http.HttpClientConnection;
import software.amazon.awssdk.crt.http.HttpClientConnectionManager;
import software.amazon.awssdk.crt.http.HttpClientConnectionManagerOptions;
import software.amazon.awssdk.crt.http.HttpHeader;
import software.amazon.awssdk.crt.http.HttpRequest;
import software.amazon.awssdk.crt.http.HttpStream;
import software.amazon.awssdk.crt.http.HttpStreamResponseHandler;
import software.amazon.awssdk.crt.io.ClientBootstrap;
import software.amazon.awssdk.crt.io.EventLoopGroup;
import software.amazon.awssdk.crt.io.HostResolver;
import software.amazon.awssdk.crt.io.SocketOptions;

/** The HTTP client of the AWS SDK's common runtime, which is native code from name to bytes. */
public final class CrtClient {
  private CrtClient() {}

  public static void main(String[] args) {
    Calls.make(args, CrtClient::call);
  }

  private static String call(Target target) throws Exception {
    Page page = new Page();
    try (EventLoopGroup threads = new EventLoopGroup(1);
        HostResolver resolver = new HostResolver(threads);
        ClientBootstrap bootstrap = new ClientBootstrap(threads, resolver);
        SocketOptions options = options(target);
        HttpClientConnectionManager manager =
            HttpClientConnectionManager.create(
                new HttpClientConnectionManagerOptions()
                    .withClientBootstrap(bootstrap)
                    .withSocketOptions(options)
                    .withUri(URI.create("http://" + target.host() + ":" + target.port())))) {
      HttpClientConnection connection = manager.acquireConnection().get();
      HttpHeader[] headers = {new HttpHeader("Host", target.host())};
      try (HttpStream stream =
          connection.makeRequest(new HttpRequest("GET", "/", headers, null), page)) {
        stream.activate();
        return "CRT " + page.whole.get();
      } finally {
        manager.releaseConnection(connection);
      }
    }
  }

  private static SocketOptions options(Target target) {
    SocketOptions options = new SocketOptions();
    options.connectTimeoutMs = target.timeoutMillis();
    return options;
  }

  private static final class Page implements HttpStreamResponseHandler {
    private final CompletableFuture<String> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void onResponseHeaders(HttpStream stream, int status, int block, HttpHeader[] headers) {
      // Nothing in them matters here.
    }

    @Override
    public int onResponseBody(HttpStream stream, byte[] part) {
      bytes.writeBytes(part);
      return part.length;
    }

    @Override
    public void onResponseComplete(HttpStream stream, int error) {
      if (error == 0) {
        whole.complete(bytes.toString(StandardCharsets.US_ASCII));
      } else {
        whole.completeExceptionally(new IllegalStateException("error " + error));
      }
    }
  }
}
