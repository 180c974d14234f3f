package io.heagent.it.blocking;

import io.heagent.it.lab.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;

/** One request; the response's body names the server's address. */
record HttpConversation(HttpURLConnection connection) implements Conversation {
  @Override
  public void use(Facts facts) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      String body = new String(in.readAllBytes(), StandardCharsets.US_ASCII).strip();
      facts.put("served", body.replace("served by ", ""));
    }
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
