package io.heagent.agent.connect.blocking;

import io.heagent.agent.connect.attempt.DescriptorAttempt;
import java.io.IOException;
import java.util.List;

/** Waits on the thread that runs the race until an attempt may have an outcome. */
public interface Waiter extends AutoCloseable {

  /**
   * Returns when an attempt may have an outcome or the time is over; may return early for no
   * reason.
   *
   * @param pending the attempts without an outcome
   * @param nanos how long at most, positive
   */
  void await(List<DescriptorAttempt> pending, long nanos) throws IOException;

  /**
   * For how long to wait at most, in nanoseconds, before the race looks whether a further address
   * is known. A waiter that is told when one is known has no limit.
   */
  default long nextLook() {
    return Long.MAX_VALUE;
  }

  /** An attempt has been started and will be among the pending ones. */
  default void started(DescriptorAttempt attempt) throws IOException {}

  @Override
  default void close() {}
}
