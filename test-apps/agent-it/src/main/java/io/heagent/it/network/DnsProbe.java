package io.heagent.it.network;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.Failure;
import io.heagent.it.lab.Threads;
import io.heagent.testkit.DnsFault;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Connects to names with whose look-up something goes wrong, in each of the ways programs do, all
 * at the same time. Arguments: the port of a web server, a label for all names.
 */
public final class DnsProbe {
  private final int port;
  private final String label;

  private DnsProbe(int port, String label) {
    this.port = port;
    this.label = label;
  }

  /** A way to a host by name. */
  public enum Client {
    UNRESOLVED {
      @Override
      String reach(String host, int port) throws IOException {
        try (Socket socket = new Socket()) {
          socket.connect(InetSocketAddress.createUnresolved(host, port));
          return socket.getInetAddress().getHostAddress();
        }
      }
    },
    SOCKET {
      @Override
      String reach(String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
          return socket.getInetAddress().getHostAddress();
        }
      }
    },
    URL_CONNECTION {
      @Override
      String reach(String host, int port) throws IOException {
        HttpURLConnection connection =
            (HttpURLConnection) new URL("http", host, port, "/").openConnection();
        try {
          connection.getResponseCode();
          return served(connection.getHeaderField("Server"));
        } finally {
          connection.disconnect();
        }
      }
    },
    HTTP_CLIENT {
      @Override
      String reach(String host, int port) throws IOException, InterruptedException {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/")).build();
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return served(response.headers().firstValue("Server").orElse(null));
      }
    },
    ALL_ADDRESSES {
      @Override
      String reach(String host, int port) throws IOException {
        List<String> texts = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(host)) {
          texts.add(address.getHostAddress());
        }
        return String.join(" ", texts);
      }
    };

    /** Gives the address that was reached. */
    abstract String reach(String host, int port) throws IOException, InterruptedException;

    private static String served(String by) {
      return by == null ? "nobody" : by.replace("origin on ", "");
    }

    /** The name for this client alone, so that none finds in the cache what another has asked. */
    public String host(DnsFault fault, String type, String label) {
      String first = fault == DnsFault.NONE ? "none" : fault + "-" + type;
      String host = first + "." + name().replace("_", "-") + "." + label + ".test";
      return host.toLowerCase(Locale.ROOT);
    }
  }

  public static void main(String[] args) throws Exception {
    DnsProbe probe = new DnsProbe(Integer.parseInt(args[0]), args[1]);
    // Classes are loaded and code is warm by then.
    for (Client client : Client.values()) {
      probe.reach(client, client.host(DnsFault.NONE, "", "warm-up"));
    }
    probe.twice("absent." + args[1] + ".test");
    List<Thread> threads = new ArrayList<>();
    for (Client client : Client.values()) {
      probe.start(threads, client, DnsFault.NONE, "");
      for (DnsFault fault : DnsFault.values()) {
        if (fault != DnsFault.NONE) {
          probe.start(threads, client, fault, "A");
          probe.start(threads, client, fault, "AAAA");
        }
      }
    }
    for (Client client : List.of(Client.UNRESOLVED, Client.SOCKET)) {
      String host = client.host(DnsFault.SLOW, "AAAA", args[1] + ".dead");
      threads.add(Threads.PLATFORM.start(() -> probe.reach(client, host).print()));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    // All that was late has come by now.
    probe.again(DnsFault.NONE);
    probe.again(DnsFault.SLOW);
    System.exit(0);
  }

  private void start(List<Thread> threads, Client client, DnsFault fault, String type) {
    String host = client.host(fault, type, label);
    threads.add(Threads.PLATFORM.start(() -> reach(client, host).print()));
  }

  private void twice(String host) {
    named("1 " + host, reach(Client.UNRESOLVED, host)).print();
    named("2 " + host, reach(Client.UNRESOLVED, host)).print();
  }

  private void again(DnsFault fault) {
    String host = Client.UNRESOLVED.host(fault, "AAAA", label);
    named("again " + host, reach(Client.ALL_ADDRESSES, host)).print();
  }

  private static Facts named(String name, Facts facts) {
    return new Facts(name).put("reached", facts.get("reached")).put("ms", facts.get("ms"));
  }

  private Facts reach(Client client, String host) {
    Facts facts = new Facts(host);
    long start = System.nanoTime();
    try {
      facts.put("reached", client.reach(host, port));
    } catch (IOException | InterruptedException | RuntimeException e) {
      Failure.note(facts, e);
      facts.put("reached", Failure.deepest(e).getClass().getSimpleName());
    }
    return facts.put("ms", (System.nanoTime() - start) / 1_000_000L);
  }
}
