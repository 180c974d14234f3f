package io.heagent.testkit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ServerSocketFactory;

/** As much of a Redis server as a client needs to connect: whatever the command, all is well. */
public final class RedisAnswers implements Closeable {
  private final AcceptLoop loop;

  private RedisAnswers(String address, int port) throws IOException {
    loop = new AcceptLoop(ServerSocketFactory.getDefault(), address, port, RedisAnswers::answer);
    loop.start();
  }

  public static RedisAnswers on(String address, int port) throws IOException {
    return new RedisAnswers(address, port);
  }

  private static void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    for (String line; (line = in.readLine()) != null; ) {
      if (line.startsWith("*")) {
        connection.getOutputStream().write("+OK\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
