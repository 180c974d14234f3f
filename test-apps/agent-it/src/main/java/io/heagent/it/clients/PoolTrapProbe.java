package io.heagent.it.clients;

import io.heagent.it.channel.Racing;
import io.heagent.it.lab.Cases;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Two names that share a dead first address and differ in the second: a client that pools its
 * connections by the address it has asked for must not send one name's requests over the other's
 * connection. Arguments: the port of http, that of https, the two hosts, their servers' addresses,
 * the dead address.
 */
public final class PoolTrapProbe {
  private static final int ROUNDS = 4;
  private static final int AT_ONCE = 40;

  private final List<String> hosts;
  private final List<String> servers;
  private final String dead;

  private PoolTrapProbe(String[] args) {
    hosts = List.of(args[2], args[3]);
    servers = List.of(args[4], args[5]);
    dead = args[6];
  }

  public static void main(String[] args) throws Exception {
    new PoolTrapProbe(args).run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
  }

  private void run(int http, int https) throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      for (String scheme : List.of("http", "https")) {
        int port = scheme.equals("http") ? http : https;
        String name = version + " " + scheme;
        Cases.run(name + " in turn", () -> inTurn(client(version), scheme, port));
        Cases.run(name + " at once", () -> atOnce(client(version), scheme, port));
        Cases.run(name + " by a literal", () -> byLiteral(client(version), scheme, port));
      }
    }
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .connectTimeout(Duration.ofMillis(Racing.LONG_MILLIS))
        .build();
  }

  private void inTurn(HttpClient client, String scheme, int port) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      for (int j = 0; j < hosts.size(); j++) {
        Cases.equal(
            "served by " + servers.get(j),
            client
                .send(request(scheme, hosts.get(j), port), BodyHandlers.ofString())
                .body()
                .strip());
      }
    }
  }

  private void atOnce(HttpClient client, String scheme, int port) throws Exception {
    for (int round = 0; round < 2; round++) {
      List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        HttpRequest request = request(scheme, hosts.get(i % 2), port);
        responses.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (int i = 0; i < AT_ONCE; i++) {
        String body = responses.get(i).get(Racing.LONG_MILLIS, TimeUnit.MILLISECONDS).body();
        Cases.equal("served by " + servers.get(i % 2), body.strip());
      }
    }
  }

  /**
   * A request for the dead address itself must not be sent over the connection that a race has
   * made.
   */
  private void byLiteral(HttpClient client, String scheme, int port) throws Exception {
    inTurn(client, scheme, port);
    HttpRequest literal =
        HttpRequest.newBuilder(URI.create(scheme + "://" + dead + ":" + port + "/"))
            .timeout(Duration.ofSeconds(1))
            .build();
    Class<?> seen = null;
    try {
      client.send(literal, BodyHandlers.ofString());
    } catch (HttpConnectTimeoutException e) {
      seen = e.getClass();
    }
    Cases.equal(HttpConnectTimeoutException.class, seen);
  }

  private static HttpRequest request(String scheme, String host, int port) {
    return HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + port + "/")).build();
  }
}
