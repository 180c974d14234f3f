package io.heagent.agent.resolve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A small file of the system's that may be missing, unreadable, no file at all or huge: none of
 * this is anybody's fault or business.
 */
final class SmallFile {

  /** What lies beyond it is not read: hosts files that block advertisers have megabytes. */
  static final int MAX_BYTES = 1 << 20;

  private SmallFile() {}

  /** The same of a file by its path, which may be none. */
  static List<String> lines(String path) {
    try {
      return lines(Path.of(path));
    } catch (InvalidPathException noFile) {
      return List.of();
    }
  }

  /** Its lines, whatever bytes they have; none if there are none to be had. */
  static List<String> lines(Path path) {
    try {
      // A pipe would never end.
      if (!Files.isRegularFile(path)) {
        return List.of();
      }
      try (InputStream in = Files.newInputStream(path)) {
        String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        // A line that is cut off may be half a name.
        int end = text.length() == MAX_BYTES ? text.lastIndexOf('\n') + 1 : text.length();
        return text.substring(0, end).lines().toList();
      }
    } catch (IOException | RuntimeException none) {
      return List.of();
    }
  }
}
