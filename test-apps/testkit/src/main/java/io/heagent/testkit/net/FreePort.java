package io.heagent.testkit.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A port that is free on several addresses at once: all addresses of a name share one port. */
public final class FreePort {
  // Below Linux's ephemeral range (32768 on): there the kernel may hand the port to anyone's
  // outgoing connection before we listen.
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  /** Counts up from a random port, so that no two tests of this JVM are given the same one. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST));

  private FreePort() {}

  /** A port on which nobody listens at any of these IP literals, this instant. */
  public static int on(List<String> addresses) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = LOWEST + NEXT.getAndIncrement() % (HIGHEST - LOWEST);
      if (addresses.stream().allMatch(address -> isFree(address, port))) {
        return port;
      }
    }
    throw new IOException("no port free on all of " + addresses + " after " + TRIES + " tries");
  }

  /** A port on which nobody listens at any of these IP literals, this instant. */
  public static int on(String... addresses) throws IOException {
    return on(List.of(addresses));
  }

  private static boolean isFree(String address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(Loopback.address(address), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
