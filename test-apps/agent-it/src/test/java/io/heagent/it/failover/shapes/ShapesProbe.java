package io.heagent.it.failover.shapes;

/**
 * Programs that were seen to be misjudged, each over names of its own. Argument: the port. Tells of
 * each how many of its connects came to an end, and how many of these had to wait for a timeout.
 */
public final class ShapesProbe {
  public static final int THREADS = 16;

  /** For connects that are to fail by it. */
  public static final int TIMEOUT_MILLIS = 3_000;

  /**
   * For connects that are to succeed. One that takes as long has waited for its timeout, and not
   * for a busy machine or for other agents that change the classes of a first connect.
   */
  public static final int PATIENT_MILLIS = 15_000;

  private ShapesProbe() {}

  public static void main(String[] args) throws Exception {
    ShapeHosts hosts = new ShapeHosts(Integer.parseInt(args[0]));
    new PoolShape(hosts).run();
    new BesideOkHttp(hosts).run();
    HealthCheckers checkers = new HealthCheckers(hosts);
    checkers.healthChecker();
    checkers.healthCheckerOfTwoDead();
    checkers.retry();
    new ApacheAsyncShape(hosts).run();
    new RefusedThenSilent(hosts).run();
    // Clients keep threads of their own.
    System.exit(0);
  }
}
