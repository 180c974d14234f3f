package io.heagent.agent.config;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads the file that {@code config=} names. Each line has one setting, and {@code #} begins a
 * comment.
 */
final class ConfigFile {

  private static final int MAX_FILE = 64 * 1024;

  private ConfigFile() {}

  static Source read(String path) {
    Source source = new Source(path, Source.Kind.FILE);
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
        lines(source, text(in.readNBytes(MAX_FILE)));
      } catch (IOException e) {
        wrong = "cannot be read (" + e.getMessage() + ")";
      }
    }
    if (wrong != null) {
      source.noFile(wrong);
    }
    return source;
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

  private static void lines(Source source, String text) {
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      // Windows ends a line with two characters; the empty line between them is ignored.
      if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        line(source, text.substring(begin, i));
        begin = i + 1;
      }
    }
  }

  private static void line(Source source, String line) {
    int comment = line.indexOf('#');
    source.add(comment < 0 ? line : line.substring(0, comment));
  }
}
