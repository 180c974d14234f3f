package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Arguments: JDBC URLs. Tells what connecting to each comes to, and what it was caused by. */
public final class JdbcProbe {
  private JdbcProbe() {}

  public static void main(String[] args) {
    for (String url : args) {
      Facts facts = new Facts(url);
      try (Connection connection = DriverManager.getConnection(url, "nobody", "nothing")) {
        facts.put("connected", connection);
      } catch (SQLException e) {
        facts.put("cause", root(e).getClass().getName());
      }
      facts.print();
    }
    // Drivers keep threads of their own.
    System.exit(0);
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(failure.getCause());
  }
}
