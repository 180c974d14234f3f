package io.heagent.it.costs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * What the agent may cost at most. The figures and the reason for each are in one file, {@code
 * docs/bench/limits.properties}; some differ between JDK 17 and later ones.
 */
public enum CostLimits {
  BYTES_LITERAL,
  BYTES_SINGLE_ADDRESS,
  BYTES_EXCLUDED_HOST,
  BYTES_SEVERAL_ADDRESSES,
  CALLS_WITHOUT_TIMEOUT,
  CALLS_WITH_TIMEOUT,
  CLASSES_NO_SOCKET,
  CLASSES_ONE_SOCKET,
  CLASSES_FIRST_RACE_SOCKET,
  CLASSES_FIRST_RACE_CHANNEL,
  CLASSES_FIRST_RACE_SELECTOR,
  CLASSES_FIRST_RACE_ASYNC,
  SYNS_GOOD_FIRST,
  SYNS_DEAD_FIRST,
  SYNS_REFUSED_FIRST,
  /** JarLayoutIT of the agent's own module reads it. */
  JAR_ENTRIES;

  static final Path FILE = Path.of("../../docs/bench/limits.properties");

  private static final Properties LIMITS = read();

  private static Properties read() {
    Properties limits = new Properties();
    try (Reader reader = Files.newBufferedReader(FILE)) {
      limits.load(reader);
      return limits;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As in the file: {@code bytes.several-addresses}. */
  String key() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', '-');
    return words.replaceFirst("-", ".");
  }

  /** The limit on the JDK that runs the tests. */
  public long most() {
    String ofJdk = key() + (Runtime.version().feature() < 18 ? ".jdk17" : ".later");
    String limit = LIMITS.getProperty(ofJdk, LIMITS.getProperty(key()));
    if (limit == null) {
      throw new IllegalStateException(FILE + " has no " + key());
    }
    return Long.parseLong(limit);
  }
}
