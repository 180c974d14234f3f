package io.heagent.agent.observe;

import java.util.List;

/** What people may change while the program runs. Any thread. */
public interface Controls {

  /**
   * Changes settings for all connects that begin from now on, all or none.
   *
   * @param items each {@code name=value}
   * @return one line for each setting that is allowed but unwise
   * @throws IllegalArgumentException if one is not allowed; the message is one line for people
   */
  List<String> set(List<String> items);

  /** The {@code mode} of connects to which no {@code host=} applies. */
  String mode();

  /** Forgets which addresses have answered and which have not. */
  void forgetHistory();
}
