package io.heagent.it.containers;

import io.heagent.it.lab.Failure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Arguments: a JDBC URL, and for how many milliseconds. Opens a connection, asks one query, closes
 * it, and so on; prints {@code ok MILLISECONDS SERVER END} or {@code failed MILLISECONDS
 * SQLSTATE:CAUSE END} for each round, END being the milliseconds from the beginning of the program
 * to the end of the round, and CAUSE the class of what the failure came from: where the server has
 * said no itself, that is the driver's own. With a third argument, a server, it fails at once if
 * another one serves it first.
 */
public final class QueryLoop {
  private static final long PAUSE_MILLIS = 100;

  private QueryLoop() {}

  public static void main(String[] args) throws InterruptedException {
    Optional<String> first = Stream.of(args).skip(2).findFirst();
    long begin = System.nanoTime();
    long end = begin + Long.parseLong(args[1]) * 1_000_000;
    while (System.nanoTime() - end < 0) {
      long start = System.nanoTime();
      String outcome;
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select current_setting('cluster_name')")) {
        row.next();
        String server = row.getString(1);
        if (!first.orElse(server).equals(server)) {
          System.exit(1);
        }
        first = Optional.empty();
        outcome = "ok %d " + server;
      } catch (SQLException e) {
        outcome =
            "failed %d " + e.getSQLState() + ":" + Failure.deepest(e).getClass().getSimpleName();
      }
      long now = System.nanoTime();
      System.out.printf(outcome + " %d%n", (now - start) / 1_000_000, (now - begin) / 1_000_000);
      Thread.sleep(PAUSE_MILLIS);
    }
    System.out.println("done");
  }
}
