package io.heagent.probes.nio;

import io.heagent.probes.Facts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * Walks the addresses of names by itself, as Apache HttpClient, Jedis and MySQL's driver do: a new
 * socket with the whole timeout for each. Arguments: the port, the timeout in ms, the names.
 */
public final class WalkProbe {
  private WalkProbe() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int millis = Integer.parseInt(args[1]);
    for (int i = 2; i < args.length; i++) {
      Facts facts = new Facts(args[i]);
      long start = System.nanoTime();
      SocketAddress reached = walk(args[i], port, millis, facts);
      facts.put("ms", (System.nanoTime() - start) / 1_000_000L);
      facts.put("reached", reached).print();
    }
  }

  private static SocketAddress walk(String name, int port, int millis, Facts facts)
      throws IOException {
    int tried = 0;
    for (InetAddress address : InetAddress.getAllByName(name)) {
      tried++;
      facts.put("tried", tried);
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, port), millis);
        return socket.getRemoteSocketAddress();
      } catch (IOException e) {
        facts.put("last failure", e.getClass().getName());
      }
    }
    return null;
  }
}
