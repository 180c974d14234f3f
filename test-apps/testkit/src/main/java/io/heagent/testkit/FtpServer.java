package io.heagent.testkit;

import io.heagent.testkit.net.Loopback;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/**
 * Just enough of RFC 959 and RFC 2428 for a client to retrieve one file, passive or active. To the
 * user {@code refused} it offers passive ports on which nobody listens.
 */
public final class FtpServer implements Closeable {
  /** What every file holds. */
  public static final String CONTENT = "the file";

  private static final int PATIENCE_MILLIS = 30_000;

  private final AcceptLoop loop;

  public FtpServer(String address, int port) throws IOException {
    loop =
        new AcceptLoop(ServerSocketFactory.getDefault(), address, port, c -> new Session(c).run());
    loop.start();
  }

  @Override
  public void close() throws IOException {
    loop.close();
  }

  private static final class Session {
    private final Socket control;
    private boolean refusing;

    /** One of them leads to the data connection. */
    private ServerSocket passive;

    private SocketAddress active;

    Session(Socket control) {
      this.control = control;
    }

    void run() throws IOException {
      BufferedReader commands =
          new BufferedReader(
              new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII));
      reply("220 ready");
      for (String line; (line = commands.readLine()) != null; ) {
        String[] words = line.split(" ", 2);
        answer(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
      }
    }

    private void answer(String command, String argument) throws IOException {
      switch (command) {
        case "USER" -> {
          refusing = argument.equals("refused");
          reply("230 welcome");
        }
        case "EPSV" -> {
          if (argument.equals("ALL")) {
            reply("200 as you like");
          } else {
            reply("229 Entering Extended Passive Mode (|||" + listen() + "|)");
          }
        }
        case "PASV" -> {
          int port = listen();
          String host = control.getLocalAddress().getHostAddress().replace('.', ',');
          reply("227 Entering Passive Mode (" + host + "," + port / 256 + "," + port % 256 + ")");
        }
        case "PORT" -> {
          String[] n = argument.split(",", -1);
          int port = Integer.parseInt(n[4]) * 256 + Integer.parseInt(n[5]);
          dialLater(String.join(".", n[0], n[1], n[2], n[3]), port);
        }
        case "EPRT" -> {
          String[] n = argument.split("\\|", -1);
          dialLater(n[2], Integer.parseInt(n[3]));
        }
        case "RETR" -> send();
        case "TYPE", "PASS" -> reply("200 fine");
        case "QUIT" -> reply("221 bye");
        default -> reply("502 not here");
      }
    }

    private int listen() throws IOException {
      passive = new ServerSocket();
      passive.bind(new InetSocketAddress(control.getLocalAddress(), 0));
      passive.setSoTimeout(PATIENCE_MILLIS);
      int port = passive.getLocalPort();
      if (refusing) {
        passive.close();
      }
      return port;
    }

    private void dialLater(String host, int port) throws IOException {
      active = new InetSocketAddress(Loopback.address(host), port);
      passive = null;
      reply("200 fine");
    }

    private void send() throws IOException {
      reply("150 coming");
      try (Socket data = passive == null ? new Socket() : passive.accept()) {
        if (passive == null) {
          // As clients demand it: from the very address of the control connection.
          data.bind(new InetSocketAddress(control.getLocalAddress(), 0));
          data.connect(active, PATIENCE_MILLIS);
        }
        data.getOutputStream().write(CONTENT.getBytes(StandardCharsets.US_ASCII));
      }
      reply("226 done");
    }

    private void reply(String line) throws IOException {
      control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
