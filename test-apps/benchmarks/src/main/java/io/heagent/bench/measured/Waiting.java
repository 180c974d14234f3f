package io.heagent.bench.measured;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Arguments: a port of this host to connect to first, or 0; a file. Writes its process id into the
 * file, a line, and ends when the file is deleted. Knows nothing of the agent.
 */
public final class Waiting {
  private static final int REST_MILLIS = 10;

  private Waiting() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    if (port != 0) {
      new Socket("localhost", port).close();
    }
    File file = new File(args[1]);
    try (InputStream self = new FileInputStream("/proc/self/stat");
        OutputStream out = new FileOutputStream(file)) {
      for (int digit = self.read(); digit > ' '; digit = self.read()) {
        out.write(digit);
      }
      out.write('\n');
    }
    while (file.exists()) {
      Thread.sleep(REST_MILLIS);
    }
  }
}
