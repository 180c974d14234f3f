package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Arguments: URLs. OkHttp 5 gets each as it does by default: it races the addresses by itself. */
public final class OkHttpProbe {
  private OkHttpProbe() {}

  public static void main(String[] args) throws Exception {
    OkHttpClient client = new OkHttpClient();
    for (String url : args) {
      try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
        new Facts(url)
            .put("code", response.code())
            .put("server", response.header("Server"))
            .print();
      }
    }
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
