package io.heagent.it.agents;

import io.heagent.it.lab.Scenario;
import io.heagent.it.lab.Service;
import io.heagent.it.startup.DialAll;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Argument: port. Connects in every way, and by HttpClient, past a dead and a refusing address. */
public final class AllWaysProbe {
  private AllWaysProbe() {}

  public static void main(String[] args) throws InterruptedException {
    for (Scenario scenario : new Scenario[] {Scenario.DEAD_FIRST, Scenario.REFUSED_FIRST}) {
      DialAll.main(new String[] {scenario.host(Service.TALK), args[0]});
      System.out.println("HTTP " + get(scenario.host(Service.HTTP), args[0]));
    }
  }

  private static String get(String host, String port) throws InterruptedException {
    URI uri = URI.create("http://" + host + ':' + port + '/');
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body()
          .strip();
    } catch (IOException e) {
      return "failed with " + e.getClass().getSimpleName();
    }
  }
}
