package io.heagent.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/**
 * Arguments: URL, connect timeout in ms, expected SHA-256. Apache HttpClient 5 downloads a file.
 */
public final class ApacheClient {
  private ApacheClient() {}

  public static void main(String[] args) {
    String url = args[0];
    int timeoutMillis = Integer.parseInt(args[1]);
    String expected = args[2];
    Report.print(() -> download(url, timeoutMillis, expected));
  }

  private static Report.Seen download(String url, int timeoutMillis, String expected)
      throws IOException {
    ConnectionConfig config =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(timeoutMillis, TimeUnit.MILLISECONDS))
            .build();
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(config)
            .build();
    try (CloseableHttpClient client =
        HttpClients.custom().setConnectionManager(connections).build()) {
      HttpClientContext context = HttpClientContext.create();
      return client.execute(
          new HttpGet(url), context, response -> verified(response, context, expected));
    }
  }

  private static Report.Seen verified(
      ClassicHttpResponse response, HttpClientContext context, String expected) throws IOException {
    MessageDigest digest = sha256();
    long bytes;
    try (InputStream body = new DigestInputStream(response.getEntity().getContent(), digest)) {
      bytes = body.transferTo(OutputStream.nullOutputStream());
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
      throw new IOException("checksum differs after " + bytes + " bytes");
    }
    var remote = (InetSocketAddress) context.getEndpointDetails().getRemoteAddress();
    String text = response.getCode() + ", " + bytes + " bytes, checksum right";
    return new Report.Seen(remote.getAddress().getHostAddress(), text);
  }

  private static MessageDigest sha256() throws IOException {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }
}
