package io.heagent.examples.demo;

import io.heagent.examples.ApacheClient;
import io.heagent.examples.JdbcClient;
import io.heagent.examples.jdk.PlainSocketClient;
import io.heagent.examples.jdk.SocketChannelClient;
import io.heagent.examples.jdk.SslSocketClient;
import io.heagent.examples.jdk.UrlConnectionClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The programs that the demo runs. */
public final class Clients {
  private Clients() {}

  /** All of them; where a client knows a connect timeout, this one is given. */
  public static List<Client> in(DemoLab lab, Duration connectTimeout) {
    String millis = Long.toString(connectTimeout.toMillis());
    String seconds = Long.toString(connectTimeout.toSeconds());
    return List.of(
        new Client("Socket", PlainSocketClient.class, DemoLab.HOST, lab.bannerPort(), millis),
        new Client(
            "SocketChannel (no timeout)",
            SocketChannelClient.class,
            DemoLab.HOST,
            lab.bannerPort()),
        new Client(
            "SSLSocket (no timeout)", SslSocketClient.class, DemoLab.HOST, lab.tlsBannerPort()),
        new Client("HttpURLConnection", UrlConnectionClient.class, lab.httpUrl("/"), millis),
        new Client(
            "HttpURLConnection, https", UrlConnectionClient.class, lab.httpsUrl("/"), millis),
        new Client(
            "Apache HttpClient 5, 4 MB",
            ApacheClient.class,
            lab.httpUrl("/file"),
            millis,
            lab.fileSha256()),
        jdbc("JDBC, PostgreSQL", lab, lab.jdbcUrl(), seconds),
        jdbc("JDBC, PostgreSQL, TLS", lab, lab.jdbcTlsUrl(), seconds));
  }

  private static Client jdbc(String label, DemoLab lab, String url, String timeout) {
    return new Client(
        label,
        JdbcClient.class,
        List.of(url, timeout, PostgresServer.USER),
        Map.of("PGPASSWORD", lab.postgresPassword()));
  }
}
