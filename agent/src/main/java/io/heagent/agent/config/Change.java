package io.heagent.agent.config;

import java.util.ArrayList;
import java.util.List;

/** All that was changed by hand while the program ran. Immutable once made. */
final class Change {

  private static final String NAME = "set";

  /** The settings, as if they were a place of their own. */
  final Source source = new Source(NAME, Source.Kind.ARGUMENTS);

  /** Whether the exceptions of all other places are lifted. */
  final boolean liftsExceptions;

  /** Whether the blocks of all other places are gone. */
  final boolean namesHosts;

  private Change(boolean liftsExceptions, boolean namesHosts) {
    this.liftsExceptions = liftsExceptions;
    this.namesHosts = namesHosts;
  }

  /**
   * Reads a change; {@link Source#mistakes} has what is wrong with it.
   *
   * @param items settings, each as {@code name=value}, or several with commas between them
   */
  static Change of(List<String> items) {
    boolean lifts = false;
    List<String> given = new ArrayList<>();
    for (String several : items) {
      for (String item : several.split(",", -1)) {
        if (Words.lower(Words.bare(item)).matches("except\\s*=")) {
          lifts = true;
        } else {
          given.add(item);
        }
      }
    }
    Source read = new Source(NAME, Source.Kind.ARGUMENTS);
    for (String item : given) {
      read.add(item);
    }
    Change change = new Change(lifts, !read.blocks.isEmpty());
    change.add(read);
    return change;
  }

  /** This change, and then another one. */
  Change then(Change next) {
    Change both =
        new Change(liftsExceptions || next.liftsExceptions, namesHosts || next.namesHosts);
    both.source.global.putAll(source.global);
    if (!next.liftsExceptions) {
      both.source.exceptions.addAll(source.exceptions);
    }
    if (!next.namesHosts) {
      both.source.blocks.addAll(source.blocks);
    }
    both.add(next.source);
    return both;
  }

  private void add(Source more) {
    source.global.putAll(more.global);
    source.exceptions.addAll(more.exceptions);
    source.mistakes.addAll(more.mistakes);
    if (more.blocks.size() != 1 || !isEveryHost(more.blocks.get(0))) {
      source.blocks.addAll(more.blocks);
    }
  }

  private static boolean isEveryHost(Source.Block block) {
    return block.values().isEmpty()
        && block.patterns().size() == 1
        && block.patterns().get(0).matchesAll();
  }
}
