package io.heagent.agent.observe.jmx;

import java.util.Map;

/**
 * What JMX shows of the agent. All counts are since the agent began; {@code docs/monitoring.md}
 * says what each means.
 */
public interface AgentMXBean {

  long getRaces();

  long getWonByFirst();

  long getWonBySecond();

  long getWonByLater();

  long getWonOverIpv4();

  long getWonOverIpv6();

  long getFailed();

  long getCancelled();

  /** Milliseconds, as estimated. */
  long getSavedMillis();

  long getFailuresAvoided();

  long getExtraAttempts();

  long getStoodDown();

  long getReordered();

  long getGuardRefusals();

  long getFailedOpen();

  /** Addresses that history takes for dead at present. */
  long getDeadAddresses();

  /** Addresses that fail again and again while other addresses of their names answer. */
  String[] getBrokenAddresses();

  /** How many these are. */
  int getBrokenAddressCount();

  /** The connects that were left alone, by the word for the reason. */
  Map<String, Long> getLeftAlone();

  /** Connects that {@code mode=observe} has seen. */
  long getObservedConnects();

  /** How many of these succeeded after their delay, when a race would have dialled on. */
  long getObservedSlow();

  long getObservedFailed();

  /** How long the slow and the failed ones took, in milliseconds. */
  long getObservedWaitedMillis();

  /** Milliseconds that racing would have saved, as estimated. */
  long getObservedSavableMillis();

  /** One line for each host. */
  String[] getObservedHosts();

  /** The mode of connects to which no {@code host=} applies. */
  String getMode();

  /** Sets it for connects that begin from now on. */
  void setMode(String mode);

  /**
   * Changes settings for connects that begin from now on, all or none.
   *
   * @param settings as behind {@code -javaagent:he-agent.jar=}
   * @return what is unwise about them, empty for nothing
   */
  String set(String settings);

  /** Forgets which addresses have answered and which have not. */
  void forgetHistory();
}
