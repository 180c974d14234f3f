package io.heagent.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/**
 * Arguments: JDBC URL, connect timeout in seconds, user; the password comes by {@code PGPASSWORD},
 * as for psql. Asks PostgreSQL for the address it serves on.
 */
public final class JdbcClient {
  private static final String QUERY =
      "select host(inet_server_addr()), current_setting('server_version'),"
          + " (select coalesce(version, 'no TLS') from pg_stat_ssl where pid = pg_backend_pid())";

  private JdbcClient() {}

  public static void main(String[] args) {
    String url = args[0];
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", args[1]);
    properties.setProperty("user", args[2]);
    properties.setProperty("password", System.getenv("PGPASSWORD"));
    Report.print(
        () -> {
          try (Connection connection = DriverManager.getConnection(url, properties);
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            String text = "PostgreSQL " + row.getString(2) + ", " + row.getString(3);
            return new Report.Seen(row.getString(1), text);
          }
        });
  }
}
