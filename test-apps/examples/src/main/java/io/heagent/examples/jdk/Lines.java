package io.heagent.examples.jdk;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Reading the first line that a server sends. */
final class Lines {
  private Lines() {}

  static String first(InputStream in) throws IOException {
    String line =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine();
    if (line == null) {
      throw new EOFException("the server closed without a word");
    }
    return line;
  }
}
