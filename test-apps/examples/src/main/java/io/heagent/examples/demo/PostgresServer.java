package io.heagent.examples.demo;

import io.heagent.testkit.TlsMaterial;
import io.heagent.testkit.jvm.TempDirectory;
import io.heagent.testkit.jvm.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A real PostgreSQL on one loopback address, with TLS, in a temporary directory. */
final class PostgresServer implements Closeable {
  static final String USER = "postgres";
  static final String DATABASE = "postgres";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int STOP_SECONDS = 20;
  private static final int INITDB_SECONDS = 120;

  // Ends the server when our end of the pipe closes, so that even a killed demo leaves none behind.
  private static final String UNTIL_STDIN_ENDS =
      "\"$@\" </dev/null & server=$!; cat >/dev/null; kill -INT $server; wait $server";

  private final TempDirectory directory;
  private final String password = UUID.randomUUID().toString();
  private Process server;

  private PostgresServer(TempDirectory directory) {
    this.directory = directory;
  }

  /** Starts it; returns when it takes connections. */
  static PostgresServer start(String address, int port, TlsMaterial tls)
      throws IOException, InterruptedException {
    PostgresServer postgres = new PostgresServer(TempDirectory.create("postgres"));
    try {
      postgres.prepare(tls);
      postgres.launch(address, port);
      return postgres;
    } catch (IOException | InterruptedException | RuntimeException e) {
      postgres.close();
      throw e;
    }
  }

  String password() {
    return password;
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      stop();
    }
    directory.close();
  }

  private void prepare(TlsMaterial tls) throws IOException, InterruptedException {
    // nobody must get through to the programs; what matters lies in data, which is 0700.
    Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
    PostgresBinaries.unpack(directory.path());
    Files.createDirectory(data());
    Unprivileged.own(data());
    Path passwordFile = privateFile("password", password);
    initdb(passwordFile);
    Files.delete(passwordFile);
    for (Path source : List.of(tls.certificatePem(), tls.keyPem())) {
      privateFile("data/" + source.getFileName(), Files.readString(source));
    }
    privateFile("data/pg_hba.conf", "host all all 127.0.0.0/8 scram-sha-256\n");
  }

  private void initdb(Path passwordFile) throws IOException, InterruptedException {
    Process initdb =
        start(
            program("initdb"),
            "--pgdata=" + data(),
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + passwordFile,
            "--encoding=UTF-8",
            "--no-locale",
            "--no-sync");
    try {
      if (!initdb.waitFor(INITDB_SECONDS, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
        throw new IOException("initdb failed: " + log());
      }
    } finally {
      initdb.destroyForcibly();
    }
  }

  private void launch(String address, int port) throws IOException, InterruptedException {
    server =
        start(
            "sh",
            "-c",
            UNTIL_STDIN_ENDS,
            "sh",
            program("postgres"),
            "-D",
            data().toString(),
            "-p",
            Integer.toString(port),
            "-F",
            "-clisten_addresses=" + address,
            "-cunix_socket_directories=",
            "-cssl=on");
    Waiting.until(() -> isReady() || !server.isAlive(), START_LIMIT);
    if (!isReady()) {
      throw new IOException("PostgreSQL did not start: " + log());
    }
  }

  private void stop() throws IOException {
    server.getOutputStream().close();
    try {
      if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      server.descendants().forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    } finally {
      server.destroyForcibly();
    }
  }

  private Process start(String... command) throws IOException {
    List<String> all = new ArrayList<>(Unprivileged.prefix());
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(directory.path().toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
        .start();
  }

  // Not a probe: while it recovers the server accepts connections only to turn them away.
  private boolean isReady() throws IOException {
    return log().contains("database system is ready to accept connections");
  }

  private Path privateFile(String name, String text) throws IOException {
    Path file = directory.path().resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(file, text);
    Unprivileged.own(file);
    return file;
  }

  private String program(String name) {
    return directory.path().resolve("bin").resolve(name).toString();
  }

  private Path data() {
    return directory.path().resolve("data");
  }

  private Path logFile() {
    return directory.path().resolve("postgres.log");
  }

  private String log() throws IOException {
    return Files.readString(logFile()).strip();
  }
}
