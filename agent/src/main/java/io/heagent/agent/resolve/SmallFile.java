package io.heagent.agent.resolve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a small file of the system. The file may be missing, unreadable, a directory or pipe, or
 * huge; that is not an error, and nothing is logged.
 */
final class SmallFile {

  /**
   * Bytes beyond this number are not read, because hosts files that block advertisers have
   * megabytes.
   */
  static final int MAX_BYTES = 1 << 20;

  private SmallFile() {}

  /** The lines of a file by its path, which may be invalid. */
  static List<String> lines(String path) {
    try {
      return lines(Path.of(path));
    } catch (InvalidPathException noFile) {
      return List.of();
    }
  }

  /** The lines of a file, whatever bytes they contain; none if it cannot be read. */
  static List<String> lines(Path path) {
    try {
      // A pipe would never end.
      if (!Files.isRegularFile(path)) {
        return List.of();
      }
      try (InputStream in = Files.newInputStream(path)) {
        String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        // If the text was cut off, its last line may end in half a name.
        int end = text.length() == MAX_BYTES ? text.lastIndexOf('\n') + 1 : text.length();
        return text.substring(0, end).lines().toList();
      }
    } catch (IOException | RuntimeException none) {
      return List.of();
    }
  }
}
