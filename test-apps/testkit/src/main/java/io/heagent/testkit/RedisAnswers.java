package io.heagent.testkit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * As much of a Redis server as a client needs to connect: whatever the command, all is well. GET
 * answers which address it serves on.
 */
public final class RedisAnswers implements Closeable {
  /** In RESP3, which is what clients ask for by it. */
  private static final String HELLO =
      String.join(
          "\r\n",
          List.of(
              "%6",
              "+server",
              "+redis",
              "+version",
              "+7.2.0",
              "+proto",
              ":3",
              "+id",
              ":1",
              "+mode",
              "+standalone",
              "+role",
              "+master",
              ""));

  private final AcceptLoop loop;

  private RedisAnswers(ServerSocketFactory factory, String address, int port) throws IOException {
    loop = new AcceptLoop(factory, address, port, RedisAnswers::answer);
    loop.start();
  }

  /** Serves plain TCP; port 0 takes a free one. */
  public static RedisAnswers on(String address, int port) throws IOException {
    return new RedisAnswers(ServerSocketFactory.getDefault(), address, port);
  }

  /** Serves TLS; port 0 takes a free one. */
  public static RedisAnswers tls(String address, int port, SSLContext context) throws IOException {
    return new RedisAnswers(context.getServerSocketFactory(), address, port);
  }

  public int port() {
    return loop.port();
  }

  private static void answer(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
    for (String line; (line = in.readLine()) != null; ) {
      if (line.startsWith("*")) {
        List<String> command = command(in, Integer.parseInt(line.substring(1)));
        String answer = answer(command.get(0).toUpperCase(Locale.ROOT), connection);
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  /** Its words, each of which comes after a line that tells its length. */
  private static List<String> command(BufferedReader in, int words) throws IOException {
    List<String> command = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      in.readLine();
      command.add(String.valueOf(in.readLine()));
    }
    return command;
  }

  private static String answer(String command, Socket connection) {
    return switch (command) {
      case "HELLO" -> HELLO;
      case "PING" -> "+PONG\r\n";
      case "GET" -> {
        String served = "served by " + connection.getLocalAddress().getHostAddress();
        yield "$" + served.length() + "\r\n" + served + "\r\n";
      }
      default -> "+OK\r\n";
    };
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }
}
