package io.heagent.it.transports;

import io.heagent.it.netty.NettyJars;
import io.heagent.it.transports.ClientLab.Protocol;
import io.heagent.testkit.jvm.Compilers;
import io.heagent.testkit.jvm.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Real clients, with the libraries that their programs in module netty-clients run with. */
enum NettyClient {
  REACTOR_NETTY_11(
      "Reactor Netty %s",
      "reactor-netty-http", Program.REACTOR, Libraries.NETTY_41, "reactor-netty11"),
  REACTOR_NETTY_12(
      "Reactor Netty %s",
      "reactor-netty-http", Program.REACTOR, Libraries.NETTY_41, "reactor-netty12"),
  REACTOR_NETTY_13(
      "Reactor Netty %s", "reactor-netty-http", Program.REACTOR, Libraries.NETTY_42, "lib"),
  GRPC_NETTY_SHADED(
      "grpc-netty-shaded %s", "grpc-netty-shaded", Program.GRPC, Libraries.NETTY_42, "lib"),
  LETTUCE("Lettuce %s", "lettuce-core", Program.LETTUCE, Libraries.NETTY_42, "lib"),
  VERTX(
      "Vert.x %s",
      "vertx-core", Program.VERTX, Libraries.NETTY_42, "lib", "-Dvertx.disableDnsResolver=true"),
  VERTX_OWN_RESOLVER(
      "Vert.x %s with its own resolver", "vertx-core", Program.VERTX, Libraries.NETTY_42, "lib"),
  NETTY_41("Netty %s", "netty-transport", Program.PLAIN_NETTY, Libraries.NETTY_41, "lib"),
  NETTY_42("Netty %s", "netty-transport", Program.PLAIN_NETTY, Libraries.NETTY_42, "lib");

  /** A program of module netty-clients. */
  private enum Program {
    REACTOR("ReactorClient", Protocol.HTTP, "%sSocketChannel ", true),
    GRPC("GrpcClient", Protocol.GRPC, "%s ", true),
    LETTUCE("LettuceClient", Protocol.REDIS, "%sSocketChannel PONG ", false),
    VERTX("VertxClient", Protocol.HTTP, "%s ", false),
    PLAIN_NETTY("PlainNettyClient", Protocol.HTTP, "%sSocketChannel ", false);

    private final String name;
    private final Protocol protocol;
    private final String transport;
    private final boolean walks;

    Program(String name, Protocol protocol, String transport, boolean walks) {
      this.name = name;
      this.protocol = protocol;
      this.transport = transport;
      this.walks = walks;
    }
  }

  /** Modules that have copied libraries. */
  private enum Libraries {
    NETTY_41("netty41-clients"),
    NETTY_42("netty-clients");

    private final String module;

    Libraries(String module) {
      this.module = module;
    }

    private Path folder(String name) {
      return Path.of("..", module, "target", name).toAbsolutePath();
    }
  }

  /** For programs that end after some seconds, and of which many run at once. */
  private static final List<String> SHORT_LIVED = List.of(Compilers.WITHOUT_C2, "-XX:+UseSerialGC");

  private final String label;
  private final String artifact;
  private final Program program;
  private final Libraries libraries;
  private final String folder;
  private final String flag;

  NettyClient(String label, String artifact, Program program, Libraries libraries, String folder) {
    this(label, artifact, program, libraries, folder, null);
  }

  NettyClient(
      String label,
      String artifact,
      Program program,
      Libraries libraries,
      String folder,
      String flag) {
    this.label = label;
    this.artifact = artifact;
    this.program = program;
    this.libraries = libraries;
    this.folder = folder;
    this.flag = flag;
  }

  /** With the versions of the libraries. */
  String label() {
    boolean namesNetty = !artifact.equals("netty-transport") && program != Program.GRPC;
    String version = version(libraries.folder(folder), artifact);
    return String.format(label, version)
        + (namesNetty ? ", Netty " + version(libraries.folder("lib"), "netty-transport") : "");
  }

  private static String version(Path folder, String artifact) {
    Pattern jar = Pattern.compile(artifact + "-(\\d+\\.\\d+\\.\\d+).*\\.jar");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> jar.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(found -> found.group(1))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String program() {
    return program.name;
  }

  Protocol protocol() {
    return program.protocol;
  }

  /** Whether it tries the next address by itself once one has failed. */
  boolean walks() {
    return program.walks;
  }

  /**
   * What a call gives that reached the good address.
   *
   * @param transport the beginning of the channel's name, in lower case
   */
  String answer(String transport, boolean tls) {
    return answer(transport, tls, ClientLab.GOOD);
  }

  /** The same of another good address. */
  String answer(String transport, boolean tls, String address) {
    // gRPC brings native code for TLS along, the others use the JDK's.
    String security = program == Program.GRPC && tls ? "openssl " : "";
    return String.format(program.transport, transport).toLowerCase(Locale.ROOT)
        + security
        + "served by "
        + address;
  }

  /**
   * Its program's JVM, without hosts and agent.
   *
   * @param more names of folders of further libraries
   */
  ForkedJvm jvm(String... more) {
    List<String> folders = new ArrayList<>(List.of("lib"));
    if (!folder.equals("lib")) {
      folders.add(folder);
    }
    folders.addAll(List.of(more));
    ForkedJvm jvm = jvm(libraries, folders);
    return flag == null ? jvm : jvm.flags(flag);
  }

  /** A JVM with all of module netty-clients, and further libraries in it. */
  static ForkedJvm jvmWith(String... more) {
    List<String> folders = new ArrayList<>(List.of("lib"));
    folders.addAll(List.of(more));
    return jvm(Libraries.NETTY_42, folders);
  }

  private static ForkedJvm jvm(Libraries libraries, List<String> folders) {
    List<String> entries = new ArrayList<>();
    entries.add(Libraries.NETTY_42.folder("test-classes").toString());
    folders.forEach(name -> entries.add(libraries.folder(name) + File.separator + "*"));
    return ForkedJvm.onThisJdk()
        .classPath(String.join(File.pathSeparator, entries))
        .flags(SHORT_LIVED)
        .flags(NettyJars.quiet());
  }
}
