package io.heagent.testkit.jvm;

import java.nio.file.Path;

/** An installed JDK: its home, its feature version (17, 25 …) and its full version. */
public record Jdk(Path home, int feature, String version) {
  public Path java() {
    return home.resolve("bin").resolve("java");
  }

  @Override
  public String toString() {
    return "JDK " + version + " (" + home + ")";
  }
}
