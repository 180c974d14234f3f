package io.heagent.it.clients;

import io.heagent.examples.Report;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Arguments: host:port, connect timeout in ms. Asks a Kafka cluster for its id. */
public final class KafkaApp {
  private KafkaApp() {}

  public static void main(String[] args) {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            args[0],
            AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
            args[1],
            AdminClientConfig.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
            args[1],
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            args[1],
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            args[1]);
    Report.print(
        () -> {
          try (Admin admin = Admin.create(config)) {
            String id = admin.describeCluster().clusterId().get(1, TimeUnit.MINUTES);
            return new Report.Seen(args[0], id);
          }
        });
  }
}
