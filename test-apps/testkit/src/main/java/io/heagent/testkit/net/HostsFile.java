package io.heagent.testkit.net;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Names with several addresses and no DNS: the file for {@code -Djdk.net.hosts.file}. The JDK gives
 * IPv4 addresses first unless {@code java.net.preferIPv6Addresses} is {@code system}, which keeps
 * the order of the file. Names are case-sensitive there, and a name not listed does not exist.
 */
public final class HostsFile implements Closeable {
  private final TempDirectory directory;

  private HostsFile(TempDirectory directory) {
    this.directory = directory;
  }

  /** Writes one line for each address of each name, in the order given. */
  public static HostsFile of(Map<String, List<String>> names) throws IOException {
    HostsFile hosts = new HostsFile(TempDirectory.create("hosts"));
    hosts.write(names);
    return hosts;
  }

  public static HostsFile of(String name, String... addresses) throws IOException {
    return of(Map.of(name, List.of(addresses)));
  }

  /**
   * Replaces the names, all at once: a JVM that looks up a name meanwhile reads the whole old file
   * or the whole new one. A running JVM sees the new names at its next look-up that its cache
   * doesn't answer.
   */
  public void write(Map<String, List<String>> names) throws IOException {
    StringBuilder text = new StringBuilder();
    names.forEach(
        (name, addresses) ->
            addresses.forEach(
                address -> text.append(address).append(' ').append(name).append('\n')));
    Path written = directory.path().resolve("hosts.new");
    Files.writeString(written, text);
    Files.move(written, path(), StandardCopyOption.ATOMIC_MOVE);
  }

  public Path path() {
    return directory.path().resolve("hosts");
  }

  /** The JVM flag that makes a JVM use this file. */
  public String flag() {
    return "-Djdk.net.hosts.file=" + path();
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
