package io.heagent.agent.command;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;

/** The jar that this command line is of. */
final class OwnJar {

  private static final String OUTSIDE = "jar:";
  private static final String INSIDE = "!/io/heagent/agent/HeAgent.class";

  private OwnJar() {}

  /** The file of the jar. */
  static File file() {
    // The class AgentClassLoader, which has loaded this class, lies in the jar as a plain entry.
    // This
    // class itself lies in a folder or nested jar that only that loader can read.
    Class<?> outside = OwnJar.class.getClassLoader().getClass();
    String url = String.valueOf(outside.getResource("HeAgent.class"));
    if (!url.startsWith(OUTSIDE) || !url.endsWith(INSIDE)) {
      throw new IllegalStateException("the agent is in no jar file of its own but in " + url);
    }
    try {
      return new File(new URI(url.substring(OUTSIDE.length(), url.length() - INSIDE.length())))
          .getAbsoluteFile();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(url, e);
    }
  }
}
