package io.heagent.bench.peers;

import io.heagent.bench.measured.SocketTimes;
import io.heagent.testkit.jvm.JdkHomes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Those of this machine; the programs for them are unpacked into a directory. */
final class Peers {
  private final Path directory;
  private final List<Peer> peers = new ArrayList<>();

  private Peers(Path directory) {
    this.directory = directory;
  }

  static List<Peer> of(Path agent, Path directory) throws IOException, InterruptedException {
    Peers found = new Peers(directory);
    found.jvm("he-agent", SocketTimes.class, "-javaagent:" + agent);
    found.jvm("he-agent resolve=fast", SocketTimes.class, "-javaagent:" + agent + "=resolve=fast");
    found.jvm("OkHttp 5", OkHttpTimes.class);
    found.script("Node", "connect.js", "node", "--version");
    found.curl();
    found.script("CPython asyncio", "connect.py", "python3", "--version");
    found.go();
    return found.peers;
  }

  /** Names are looked up at each connect, as the others do. */
  private void jvm(String name, Class<?> main, String... flags) {
    List<String> command = new ArrayList<>(List.of(JdkHomes.current().java().toString()));
    command.addAll(List.of(flags));
    command.addAll(
        List.of(
            "-Djava.net.preferIPv6Addresses=system",
            "-Dsun.net.inetaddr.ttl=0",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    add(name, command);
  }

  private void add(String name, List<String> command) {
    peers.add(
        new Peer(
            name,
            (host, port, times) ->
                Stream.concat(
                        command.stream(),
                        Stream.of(host, Integer.toString(port), Integer.toString(times)))
                    .toList()));
  }

  private void script(String name, String file, String... version)
      throws IOException, InterruptedException {
    Optional<String> said = Peer.version(directory, version);
    if (said.isPresent()) {
      add(name + " " + number(said.get()), List.of(version[0], unpacked(file).toString()));
    } else {
      missing(version[0]);
    }
  }

  private void go() throws IOException, InterruptedException {
    Optional<String> said = Peer.version(directory, "go", "version");
    if (said.isEmpty()) {
      missing("go");
      return;
    }
    Path program = directory.resolve("connect");
    String[] build = {
      "env",
      "GOCACHE=" + directory.resolve("cache"),
      "GO111MODULE=off",
      "CGO_ENABLED=0",
      "go",
      "build",
      "-o",
      program.toString(),
      unpacked("connect.go").toString()
    };
    Peer.output(List.of(build), directory);
    add("Go " + number(said.get()), List.of(program.toString()));
  }

  /** One call of curl for all connects, each over a connection of its own. */
  private void curl() throws InterruptedException {
    Optional<String> said = Peer.version(directory, "curl", "--version");
    if (said.isEmpty()) {
      missing("curl");
      return;
    }
    peers.add(
        new Peer(
            "curl " + number(said.get()),
            (host, port, times) -> {
              List<String> command = new ArrayList<>(List.of("curl", "-s"));
              command.addAll(List.of("-H", "Connection: close"));
              // Says seconds; the exponent makes them milliseconds.
              command.addAll(List.of("-w", "%{time_connect}e3\n"));
              for (int i = 0; i < times; i++) {
                command.addAll(List.of("-o", "/dev/null", "http://" + host + ":" + port + "/"));
              }
              return command;
            }));
  }

  private static void missing(String program) {
    System.out.println(program + " is not installed, and not measured");
  }

  /** The first word that is a version. */
  private static String number(String said) {
    for (String word : said.split("\\s+", -1)) {
      if (word.matches("(v|go)?\\d+\\.\\d.*")) {
        return word.replaceFirst("^(v|go)", "");
      }
    }
    return "";
  }

  private Path unpacked(String file) throws IOException {
    Path path = directory.resolve(file);
    try (InputStream in = Peers.class.getResourceAsStream(file)) {
      Files.copy(in, path);
    }
    return path;
  }
}
