package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import io.heagent.it.lab.SelfAttach;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * Arguments: a host whose first address is dead, its port, when the classes of OkHttp are loaded,
 * and then a jar and its options if the agent is to be attached. The program connects by itself, so
 * that the agent knows the dead address, connects again, and then asks OkHttp.
 */
public final class RacingClientsProbe {
  static final String EARLY = "early";
  static final String LATE = "late";

  private static final String RACER = "okhttp3.internal.connection.FastFallbackExchangeFinder";

  private RacingClientsProbe() {}

  /** Another agent, which uses OkHttp before he-agent comes into the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) throws Exception {
    Class.forName(RACER);
  }

  public static void main(String[] args) throws Exception {
    if (args[2].equals(EARLY)) {
      Class.forName(RACER);
    }
    if (args.length > 3) {
      SelfAttach.load(args[3], args[4]);
    }
    int port = Integer.parseInt(args[1]);
    new Facts("own").put("first", connect(args[0], port)).print();
    awaitPreloading();
    new Facts("own").put("second", connect(args[0], port)).print();
    OkHttpProbe.main(new String[] {"http://" + args[0] + ":" + port});
    new Facts("own").put("last", connect(args[0], port)).print();
  }

  private static String connect(String host, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), 10_000);
      return socket.getInetAddress().getHostAddress();
    }
  }

  /** The thread of the first race, which looks through the loaded classes too. */
  private static void awaitPreloading() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("he-agent-warm-up")) {
        thread.join();
      }
    }
  }
}
