package io.heagent.bench.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Arguments: host, port, times. Prints the milliseconds from the beginning of each request to when
 * its connection is there, look-up included. OkHttp 5 races by itself.
 */
public final class OkHttpTimes {
  private OkHttpTimes() {}

  public static void main(String[] args) throws IOException {
    AtomicLong connected = new AtomicLong();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectEnd(
                      Call call, InetSocketAddress to, Proxy proxy, Protocol protocol) {
                    connected.set(System.nanoTime());
                  }
                })
            .build();
    Request request =
        new Request.Builder()
            .url("http://" + args[0] + ":" + args[1] + "/")
            .header("Connection", "close")
            .build();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      long begin = System.nanoTime();
      try (Response response = client.newCall(request).execute()) {
        response.body().bytes();
      }
      System.out.println((connected.get() - begin) / 1e6);
    }
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
