package io.heagent.it.clients;

import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.net.Loopback;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real broker, its own controller, in a JVM of its own. */
final class KafkaBroker implements Closeable {
  static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qg";

  private static final long START_SECONDS = 90;

  private final TempDirectory directory = TempDirectory.create("kafka");
  private final Process process;

  /** Listens at the address and tells clients the name. */
  KafkaBroker(String address, int port, int controllerPort, String name) throws Exception {
    Path config = directory.path().resolve("server.properties");
    Files.write(
        config,
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "controller.listener.names=CONTROLLER",
            "listeners=PLAINTEXT://"
                + address
                + ":"
                + port
                + ",CONTROLLER://127.0.0.1:"
                + controllerPort,
            "advertised.listeners=PLAINTEXT://" + name + ":" + port,
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs=" + directory.path().resolve("logs"),
            "offsets.topic.replication.factor=1"));
    run("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", config.toString()).waitFor();
    process = run("kafka.Kafka", config.toString());
    awaitListener(new InetSocketAddress(Loopback.address(address), port));
  }

  private Process run(String main, String... arguments) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.path().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return directory.path().resolve("output");
  }

  private void awaitListener(InetSocketAddress address) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(address, 1_000);
        return;
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    String said = Files.readString(log());
    close();
    throw new IOException("no broker: " + said);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    directory.close();
  }
}
