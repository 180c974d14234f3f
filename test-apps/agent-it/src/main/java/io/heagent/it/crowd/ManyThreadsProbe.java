package io.heagent.it.crowd;

import io.heagent.it.lab.Facts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Arguments: host, port, threads. All threads connect at once, for the first time in this JVM;
 * tells how many got through, to where, and what the median and the last of them took, in ms.
 */
public final class ManyThreadsProbe {
  private ManyThreadsProbe() {}

  public static void main(String[] args) throws Exception {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    int count = Integer.parseInt(args[2]);
    InetAddress.getByName(host);
    long[] millis = new long[count];
    Set<String> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch ready = new CountDownLatch(count);
    CountDownLatch start = new CountDownLatch(1);
    Thread[] threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      int index = i;
      threads[i] =
          new Thread(
              () -> {
                ready.countDown();
                await(start);
                long begin = System.nanoTime();
                seen.add(connect(host, port));
                millis[index] = (System.nanoTime() - begin) / 1_000_000L;
              });
      threads[i].start();
    }
    ready.await();
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    Arrays.sort(millis);
    new Facts("threads")
        .put("seen", seen)
        .put("median", millis[count / 2])
        .put("last", millis[count - 1])
        .print();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String connect(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 20_000);
      return socket.getInetAddress().getHostAddress();
    } catch (Exception e) {
      return e.toString();
    }
  }
}
