package io.heagent.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** Catches what is printed on stderr until it is closed; the log's level is put back then too. */
public final class Stderr implements AutoCloseable {

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream caught = new ByteArrayOutputStream();

  public Stderr() {
    System.setErr(new PrintStream(caught, true, UTF_8));
  }

  public List<String> lines() {
    return caught.toString(UTF_8).lines().toList();
  }

  @Override
  public void close() {
    System.setErr(before);
    Log.setLevel(Log.Level.WARN);
  }
}
