package io.heagent.examples.demo;

import io.heagent.testkit.BannerServer;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.net.BlackHole;
import io.heagent.testkit.net.FreePort;
import io.heagent.testkit.net.HostsFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One name with three addresses: the first drops every SYN, the second refuses, the third serves.
 * Each service has a port of its own, the same on all three.
 */
public final class DemoLab implements Closeable {
  public static final String HOST = "service.test";
  static final String DEAD = "127.0.0.3";
  public static final String REFUSING = "127.0.0.5";
  public static final String GOOD = "127.0.0.9";

  /** Starts a service on the good address. */
  private interface Service<T extends Closeable> {
    T start(int port) throws IOException, InterruptedException;
  }

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final TlsMaterial tls;
  private final HostsFile hosts;
  private final HttpOrigin http;
  private final HttpOrigin https;
  private final BannerServer banner;
  private final BannerServer tlsBanner;
  private final PostgresServer postgres;
  private final int postgresPort;

  public DemoLab() throws IOException, InterruptedException {
    try {
      hosts = keep(HostsFile.of(HOST, DEAD, REFUSING, GOOD));
      tls = keep(TlsMaterial.forHost(HOST));
      http = serve(port -> HttpOrigin.http(GOOD, port));
      https = serve(port -> HttpOrigin.https(GOOD, port, tls.serverContext()));
      banner = serve(port -> BannerServer.plain(GOOD, port));
      tlsBanner = serve(port -> BannerServer.tls(GOOD, port, tls.serverContext()));
      postgresPort = deadPort();
      postgres = keep(PostgresServer.start(GOOD, postgresPort, tls));
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Flags that every client gets, with and without the agent. */
  public List<String> clientFlags() {
    List<String> flags = new ArrayList<>(tls.trustFlags());
    flags.add(hosts.flag());
    return List.copyOf(flags);
  }

  String httpUrl(String path) {
    return "http://" + HOST + ":" + http.port() + path;
  }

  String httpsUrl(String path) {
    return "https://" + HOST + ":" + https.port() + path;
  }

  String fileSha256() {
    return http.fileSha256();
  }

  String bannerPort() {
    return Integer.toString(banner.port());
  }

  String tlsBannerPort() {
    return Integer.toString(tlsBanner.port());
  }

  String jdbcUrl() {
    String address = HOST + ":" + postgresPort;
    return "jdbc:postgresql://" + address + "/" + PostgresServer.DATABASE + "?sslmode=disable";
  }

  String jdbcTlsUrl() {
    String options = "?sslmode=verify-full&sslrootcert=" + tls.certificatePem();
    String address = HOST + ":" + postgresPort;
    return "jdbc:postgresql://" + address + "/" + PostgresServer.DATABASE + options;
  }

  String postgresPassword() {
    return postgres.password();
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends Closeable> T serve(Service<T> service)
      throws IOException, InterruptedException {
    return keep(service.start(deadPort()));
  }

  private int deadPort() throws IOException {
    int port = FreePort.on(DEAD, REFUSING, GOOD);
    keep(BlackHole.on(DEAD, port));
    return port;
  }

  private <T extends Closeable> T keep(T resource) {
    open.push(resource);
    return resource;
  }
}
