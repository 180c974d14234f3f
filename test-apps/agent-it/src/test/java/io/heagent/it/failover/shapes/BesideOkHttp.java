package io.heagent.it.failover.shapes;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A connect of {@code HttpURLConnection} while OkHttp races to the same name on another thread. */
final class BesideOkHttp {
  private final ShapeHosts hosts;

  BesideOkHttp(ShapeHosts hosts) {
    this.hosts = hosts;
  }

  /**
   * Both get the first address, which is dead. OkHttp's race begins before the other's connect, and
   * goes on to its second address while that is pending.
   */
  void run() throws Exception {
    String url = "http://beside.shape.test:" + hosts.port() + "/";
    // Has the classes loaded: the other is to be quicker than OkHttp's 250 ms.
    get(URI.create("http://warm.shape.test:" + hosts.port() + "/").toURL());
    CountDownLatch first = new CountDownLatch(1);
    Thread beside = Thread.currentThread();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectStart(Call call, InetSocketAddress to, Proxy proxy) {
                    if (first.getCount() > 0) {
                      first.countDown();
                    } else {
                      awaitConnecting(beside);
                    }
                  }
                })
            .build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Integer> raced =
        thread.submit(
            () -> {
              Request request = new Request.Builder().url(url).build();
              try (Response response = client.newCall(request).execute()) {
                return response.code();
              }
            });
    Facts facts = new Facts("beside okhttp");
    first.await();
    try {
      facts.put("code", get(URI.create(url).toURL()));
    } catch (IOException e) {
      facts.put("failure", e);
    }
    facts.put("okhttp", raced.get()).print();
    thread.shutdown();
  }

  private static int get(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(ShapesProbe.PATIENT_MILLIS);
    return connection.getResponseCode();
  }

  /** Until a thread waits within the JDK's connect, or for as long as that may take. */
  private static void awaitConnecting(Thread thread) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ShapesProbe.PATIENT_MILLIS);
    while (System.nanoTime() < end) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getClassName().equals("sun.nio.ch.Net")) {
          return;
        }
      }
      Thread.onSpinWait();
    }
  }
}
