package io.heagent.it.containers;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Network.Ipam;
import io.heagent.testkit.jvm.Waiting;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A network of containers with IPv4 and IPv6, in which Docker's DNS gives all containers with one
 * alias as the addresses of one name. Closing it takes all of them away.
 */
final class DualStack implements Closeable {
  static final int PORT = 8080;
  static final String AGENT = "/agent/he-agent.jar";

  private static final Duration CLIENT_LIMIT = Duration.ofMinutes(2);

  private final int number;
  private final Network network;
  private final List<GenericContainer<?>> containers = new ArrayList<>();

  /** Each has its own subnets, so that two may exist at a time. */
  DualStack(int number) {
    this.number = number;
    network =
        Network.builder()
            .enableIpv6(true)
            .createNetworkCmdModifier(
                command ->
                    command.withIpam(
                        new Ipam()
                            .withConfig(
                                new Ipam.Config().withSubnet("172.31." + number + ".0/24"),
                                new Ipam.Config().withSubnet("fd00:4e:" + number + "::/64"))))
            .build();
  }

  /** A container in this network that has not been started. */
  GenericContainer<?> container(String... command) throws IOException, InterruptedException {
    return container(TestImage.name(), command);
  }

  /** The same of an image that was made of the test image. */
  GenericContainer<?> container(DockerImageName image, String... command) {
    GenericContainer<?> container =
        new GenericContainer<>(image)
            .withImagePullPolicy(name -> false)
            .withNetwork(network)
            .withCommand(command)
            .withCreateContainerCmdModifier(create -> create.withStopTimeout(1));
    containers.add(container);
    return container;
  }

  /** Servers that tell their names, which the alias means. They are started at the same time. */
  Map<String, GenericContainer<?>> servers(String alias, String... names)
      throws IOException, InterruptedException {
    Map<String, GenericContainer<?>> servers = new LinkedHashMap<>();
    for (String name : names) {
      servers.put(
          name,
          container(java(List.of(), "NamingServer", name, Integer.toString(PORT)))
              .withNetworkAliases(alias)
              .withCreateContainerCmdModifier(
                  create -> create.getHostConfig().withCapAdd(Capability.NET_ADMIN))
              .waitingFor(Wait.forLogMessage(".*serving.*", 1)));
    }
    Startables.deepStart(servers.values()).join();
    return servers;
  }

  /** Runs a program to its end and gives what it has printed. */
  List<String> run(boolean withAgent, List<String> flags, String program, String... arguments)
      throws IOException, InterruptedException {
    GenericContainer<?> client =
        client(withAgent, flags, program, arguments)
            .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(CLIENT_LIMIT));
    client.start();
    return client.getLogs(OutputType.STDOUT).lines().toList();
  }

  /** A program that has not been started. */
  GenericContainer<?> client(
      boolean withAgent, List<String> flags, String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(flags);
    if (withAgent) {
      all.add("-javaagent:" + AGENT);
    }
    GenericContainer<?> client = container(java(all, program, arguments));
    if (withAgent) {
      client.withCopyToContainer(MountableFile.forHostPath(agentJar()), AGENT);
    }
    return client;
  }

  /** The same without the agent, begun again and again for as long as it ends with a failure. */
  GenericContainer<?> clientUntilItSucceeds(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "until \"$@\"; do :; done", "sh"));
    command.addAll(List.of(java(List.of(), program, arguments)));
    return container(command.toArray(String[]::new));
  }

  /** Waits until a client has printed enough, and gives what it has printed. */
  static Outcomes await(GenericContainer<?> client, Predicate<Outcomes> enough)
      throws IOException, InterruptedException {
    AtomicReference<Outcomes> seen = new AtomicReference<>();
    boolean isEnough =
        Waiting.until(
            () -> {
              seen.set(Outcomes.of(client.getLogs().lines().toList()));
              return enough.test(seen.get());
            },
            CLIENT_LIMIT);
    if (!isEnough) {
      throw new IOException("not enough: " + client.getLogs());
    }
    return seen.get();
  }

  /** Has a server's SYNs dropped: of IPv4 ("ip"), IPv6 ("ip6") or both ("inet"). */
  static void silence(GenericContainer<?> server, String family)
      throws IOException, InterruptedException {
    exec(server, "nft", "add table " + family + " lab");
    exec(server, "nft", "add chain " + family + " lab in { type filter hook input priority 0; }");
    exec(server, "nft", "add rule " + family + " lab in tcp dport " + PORT + " tcp flags syn drop");
  }

  private static void exec(GenericContainer<?> container, String... command)
      throws IOException, InterruptedException {
    var result = container.execInContainer(command);
    if (result.getExitCode() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.getStderr());
    }
  }

  static String[] java(List<String> flags, String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/jre/bin/java", "-Xshare:auto"));
    command.addAll(flags);
    command.addAll(List.of("-cp", "/app/classes:/app/postgresql.jar"));
    command.add("io.heagent.it.containers." + program);
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  /** An address of this network; Docker gives the low ones to those that ask for none. */
  String ipv4(int host) {
    return "172.31." + number + "." + host;
  }

  String id() {
    return network.getId();
  }

  static Path agentJar() {
    return Path.of(System.getProperty("heagent.jar"));
  }

  static String address(GenericContainer<?> container) {
    return container
        .getContainerInfo()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .iterator()
        .next()
        .getIpAddress();
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            containers.stream()
                .map(container -> CompletableFuture.runAsync(container::stop, DualStack::onThread))
                .toArray(CompletableFuture[]::new))
        .join();
    network.close();
  }

  private static void onThread(Runnable task) {
    new Thread(task, "stop").start();
  }
}
