package io.heagent.it.stress;

import io.heagent.it.channel.Racing;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A stranger in the same process: opens connections all the time, so that a descriptor number that
 * somebody gives up is soon its own, and notices when one of them talks to anybody else.
 */
final class Neighbour extends Thread {
  private static final int KEPT = 40;

  private final InetSocketAddress peer;
  private final Tally tally;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private volatile boolean ended;

  private record Kept(Socket socket, DataInputStream in) {}

  Neighbour(InetSocketAddress peer, Tally tally) {
    super("neighbour");
    this.peer = peer;
    this.tally = tally;
  }

  void end() {
    ended = true;
  }

  @Override
  public void run() {
    try {
      while (!ended) {
        open();
        if (kept.size() > KEPT) {
          check(kept.removeFirst());
        }
      }
      while (!kept.isEmpty()) {
        check(kept.removeFirst());
      }
    } catch (IOException | RuntimeException e) {
      tally.wrong("neighbour: " + e);
    }
  }

  private void open() throws IOException {
    Socket socket = new Socket(peer.getAddress(), peer.getPort());
    socket.setSoTimeout((int) Racing.LONG_MILLIS);
    kept.addLast(new Kept(socket, new DataInputStream(socket.getInputStream())));
    tally.count("neighbour's");
  }

  /** The service has said which port it sees us at, and says back what only we have said. */
  private void check(Kept one) throws IOException {
    try (Socket socket = one.socket()) {
      StringBuilder line = new StringBuilder();
      for (int c = one.in().read(); c >= 0 && c != '\n'; c = one.in().read()) {
        line.append((char) c);
      }
      byte[] secret =
          Long.toHexString(ThreadLocalRandom.current().nextLong())
              .getBytes(StandardCharsets.US_ASCII);
      OutputStream out = socket.getOutputStream();
      out.write(secret);
      String echo = new String(one.in().readNBytes(secret.length), StandardCharsets.US_ASCII);
      if (!line.toString().endsWith(" " + socket.getLocalPort())
          || !echo.equals(new String(secret, StandardCharsets.US_ASCII))) {
        tally.wrong("neighbour at " + socket + " was told " + line + " and " + echo);
      }
    }
  }
}
