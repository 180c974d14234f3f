package io.heagent.it.agents.hidden;

import io.heagent.it.startup.DialAll;

/**
 * Arguments: host, port. Has the JVM load what the JDK's HttpClient keys its pool by, and connects
 * in every way.
 */
public final class PoolKeyProbe {
  static final String POOL_KEY = "jdk.internal.net.http.ConnectionPool$CacheKey";

  private PoolKeyProbe() {}

  public static void main(String[] args) throws ClassNotFoundException, InterruptedException {
    Class.forName(POOL_KEY, false, ClassLoader.getPlatformClassLoader());
    DialAll.main(args);
  }
}
