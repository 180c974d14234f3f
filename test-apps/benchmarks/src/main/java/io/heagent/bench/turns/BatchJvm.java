package io.heagent.bench.turns;

import io.heagent.testkit.jvm.ForkedJvm;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A JVM that runs a program which waits between the batches that it is told to make, so that
 * several JVMs can be measured in turn. It ends when it is closed.
 */
public final class BatchJvm implements Closeable {
  private static final int PATIENCE_MILLIS = 60_000;

  private final Future<ForkedJvm.Outcome> end;
  private final Socket control;
  private final DataInputStream answers;
  private final DataOutputStream orders;

  /**
   * Starts it.
   *
   * @param main a program whose last argument is a port of this host's loopback, at which it is
   *     told two numbers for each batch and answers with the microseconds that each part of it has
   *     taken
   * @param arguments those before the port
   */
  public BatchJvm(ForkedJvm jvm, Class<?> main, List<String> arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(PATIENCE_MILLIS);
      List<String> all = new ArrayList<>(arguments);
      all.add(Integer.toString(server.getLocalPort()));
      end = jvm.start(main, all.toArray(String[]::new));
      control = server.accept();
    }
    control.setSoTimeout(PATIENCE_MILLIS);
    answers = new DataInputStream(control.getInputStream());
    orders = new DataOutputStream(control.getOutputStream());
  }

  /** Has it make a batch, and gives the microseconds that each part of it has taken. */
  public double micros(int count, int kind) throws IOException, InterruptedException {
    try {
      orders.writeInt(count);
      orders.writeInt(kind);
      return answers.readDouble();
    } catch (IOException ended) {
      throw new IOException("the batch was not made: " + outcome(), ended);
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
