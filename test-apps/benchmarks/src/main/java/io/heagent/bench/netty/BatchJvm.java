package io.heagent.bench.netty;

import io.heagent.bench.measured.EpollRequests;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A JVM that runs {@link EpollRequests} and waits between the batches that it is told to make, so
 * that several of them can be measured in turn. It ends when it is closed.
 */
final class BatchJvm implements Closeable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final FutureTask<ForkedJvm.Outcome> end;
  private final Socket control;
  private final DataInputStream answers;
  private final DataOutputStream orders;

  BatchJvm(ForkedJvm jvm, String host, String port) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      String own = Integer.toString(server.getLocalPort());
      end = new FutureTask<>(() -> jvm.run(EpollRequests.class, host, port, own));
      Thread waiting = new Thread(end, "jvm");
      waiting.setDaemon(true);
      waiting.start();
      control = server.accept();
    }
    control.setSoTimeout(PATIENCE_MILLIS);
    answers = new DataInputStream(control.getInputStream());
    orders = new DataOutputStream(control.getOutputStream());
  }

  /** Has it make so many requests, and gives the microseconds of CPU that each has taken. */
  double micros(int requests, int connections) throws IOException, InterruptedException {
    try {
      orders.writeInt(requests);
      orders.writeInt(connections);
      return answers.readDouble();
    } catch (IOException ended) {
      throw new IOException("the requests were not made: " + outcome(), ended);
    }
  }

  private ForkedJvm.Outcome outcome() throws IOException, InterruptedException {
    control.close();
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  @Override
  public void close() throws IOException {
    try {
      outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
