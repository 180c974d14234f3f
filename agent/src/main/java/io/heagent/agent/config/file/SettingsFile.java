package io.heagent.agent.config.file;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the file that {@code config=} names says. Each line has one setting, and {@code #} begins a
 * comment.
 *
 * @param path the path as it was given
 * @param lines the lines without comments; empty if the file cannot be read
 * @param wrong why it cannot be read; null if it can
 */
public record SettingsFile(String path, List<String> lines, String wrong) {

  private static final int MAX_FILE = 64 * 1024;

  /** Reads the file. */
  public static SettingsFile read(String path) {
    File file = new File(path);
    String wrong = null;
    if (!file.exists()) {
      wrong = "does not exist";
    } else if (!file.isFile()) {
      wrong = "is not a file";
    } else if (file.length() > MAX_FILE) {
      wrong = "is larger than 64 KiB";
    } else {
      try (InputStream in = new FileInputStream(file)) {
        return new SettingsFile(path, lines(text(in.readNBytes(MAX_FILE))), null);
      } catch (IOException e) {
        wrong = "cannot be read (" + e.getMessage() + ")";
      }
    }
    return new SettingsFile(path, List.of(), wrong);
  }

  /**
   * Decodes the file. Editors on Windows begin a file with a byte order mark, and PowerShell writes
   * UTF-16.
   */
  private static String text(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
    Charset charset =
        first == 0xfffe || first == 0xfeff ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    String text = new String(bytes, charset);
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      // Windows ends a line with two characters; the empty line between them is ignored.
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        lines.add(withoutComment(text.substring(begin, i)));
        begin = i + 1;
      }
    }
    return lines;
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return comment < 0 ? line : line.substring(0, comment);
  }
}
