package io.heagent.it.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import io.heagent.testkit.jvm.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;

/** Two real PostgreSQL servers behind one name, with their data in memory. */
final class PostgresPair {

  /** What happens to a node. */
  enum Event {
    /**
     * The kernel still accepts connections for a paused process, so a race over TCP cannot tell it
     * from a good one.
     */
    PAUSED,
    STOPPED,
    KILLED,
    DISCONNECTED
  }

  /** Each has an address of its own, which it has again when it comes back. */
  private static final Map<String, Integer> HOSTS = Map.of("node1", 101, "node2", 102);

  private static final String ALIAS = "db";
  private static final String READY = "ready to accept connections";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final DockerClient docker = DockerClientFactory.lazyClient();
  private final Map<String, GenericContainer<?>> nodes = new LinkedHashMap<>();
  private final DualStack net;

  private PostgresPair(DualStack net) {
    this.net = net;
  }

  /** Starts both; closing the network ends them. */
  static PostgresPair in(DualStack net) throws IOException, InterruptedException {
    PostgresPair pair = new PostgresPair(net);
    for (String name : List.of("node1", "node2")) {
      GenericContainer<?> node =
          net.container("sh", "-c", start(name))
              .withNetworkAliases(ALIAS)
              .withCreateContainerCmdModifier(
                  create -> create.withUser("1000").withIpv4Address(pair.address(name)))
              .withTmpFs(Map.of("/data", "uid=1000,mode=0700"))
              .waitingFor(Wait.forLogMessage(".*" + READY + ".*", 1));
      pair.nodes.put(name, node);
    }
    Startables.deepStart(pair.nodes.values()).join();
    return pair;
  }

  private static String start(String name) {
    return "/postgres/bin/initdb --pgdata=/data/pg --username=postgres --auth=trust --no-locale"
        + " --encoding=UTF-8 --no-sync >/dev/null"
        + " && echo 'host all all all trust' >>/data/pg/pg_hba.conf"
        + " && exec /postgres/bin/postgres -D /data/pg -F -clisten_addresses=*"
        + " -cunix_socket_directories= -ccluster_name="
        + name;
  }

  private String address(String name) {
    return net.ipv4(HOSTS.get(name));
  }

  /** The one that is not this one. */
  String other(String name) {
    return nodes.keySet().stream().filter(each -> !each.equals(name)).findFirst().orElseThrow();
  }

  void happen(Event event, String name) {
    String id = nodes.get(name).getContainerId();
    switch (event) {
      case PAUSED -> docker.pauseContainerCmd(id).exec();
      case STOPPED -> docker.stopContainerCmd(id).withTimeout(5).exec();
      case KILLED -> docker.killContainerCmd(id).exec();
      case DISCONNECTED ->
          docker.disconnectFromNetworkCmd().withNetworkId(net.id()).withContainerId(id).exec();
    }
  }

  /** Undoes what has happened; the node is ready when this returns. */
  void back(Event event, String name) throws IOException, InterruptedException {
    GenericContainer<?> node = nodes.get(name);
    String id = node.getContainerId();
    switch (event) {
      case PAUSED -> docker.unpauseContainerCmd(id).exec();
      case STOPPED, KILLED -> {
        docker.startContainerCmd(id).exec();
        awaitReadyAgain(node);
      }
      case DISCONNECTED ->
          docker
              .connectToNetworkCmd()
              .withNetworkId(net.id())
              .withContainerId(id)
              .withContainerNetwork(
                  new ContainerNetwork()
                      .withAliases(ALIAS)
                      .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address(name))))
              .exec();
    }
  }

  private static void awaitReadyAgain(GenericContainer<?> node)
      throws IOException, InterruptedException {
    boolean ready =
        Waiting.until(
            () -> node.getLogs().lines().filter(line -> line.contains(READY)).count() >= 2, LIMIT);
    if (!ready) {
      throw new IOException("not ready again: " + node.getLogs());
    }
  }
}
