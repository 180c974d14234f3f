package io.heagent.agent.resolve;

import io.heagent.agent.log.Faults;
import io.heagent.engine.order.SiteNames;
import io.heagent.engine.time.DaemonThreads;
import io.heagent.engine.time.Scheduler;
import java.nio.file.Path;
import java.util.List;

/** The files of the system on which this JVM runs. */
public final class SystemSite implements SiteFiles.Site {

  private static final Path RESOLVER = Path.of("/etc/resolv.conf");
  private static final Path HOSTS = Path.of("/etc/hosts");

  private final Scheduler time;

  public SystemSite(Scheduler time) {
    this.time = time;
  }

  @Override
  public long now() {
    return time.now();
  }

  @Override
  public void at(long nanos, Runnable task) {
    time.schedule(nanos, task);
  }

  @Override
  public void apart(Runnable task) {
    DaemonThreads.create(task, "he-agent-site", Faults.OF_THREADS).start();
  }

  @Override
  public SiteNames read() {
    return SiteNames.of(SmallFile.lines(RESOLVER), hosts());
  }

  /**
   * The hosts file. If this property is set, the JDK looks names up in the file that it names,
   * instead of asking the system's resolver.
   */
  private static List<String> hosts() {
    String given = System.getProperty("jdk.net.hosts.file");
    return given == null || given.isEmpty() ? SmallFile.lines(HOSTS) : SmallFile.lines(given);
  }
}
