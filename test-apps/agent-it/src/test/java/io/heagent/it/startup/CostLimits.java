package io.heagent.it.startup;

/**
 * What a connect may cost at most, where that does not depend on how fast a machine is. A limit is
 * lowered when the cost is, and raised only with the reason beside it.
 */
enum CostLimits {
  /** A connect that is left alone allocates nothing of ours: most connects of most programs. */
  BYTES_LITERAL(0),
  BYTES_SINGLE_ADDRESS(0),
  BYTES_EXCLUDED_HOST(0),
  /**
   * Several addresses, the first good and through at once: ticket, order, call, race and the peer's
   * own address object. The goal is 400; it was 1,416 on JDK 17 and 25 when this limit was set. A
   * connect that has to be waited for was seen to allocate 3,200 to 4,800.
   */
  BYTES_SEVERAL_ADDRESSES(1_520);

  private final long most;

  CostLimits(long most) {
    this.most = most;
  }

  long most() {
    return most;
  }
}
