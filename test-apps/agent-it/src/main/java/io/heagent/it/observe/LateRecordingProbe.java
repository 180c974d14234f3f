package io.heagent.it.observe;

import io.heagent.it.startup.Dial;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Arguments: a host, a host for the time of the recording, port, file. Connects to the first, has
 * jcmd start a recording, connects to the second, and has jcmd write the recording.
 */
public final class LateRecordingProbe {

  private LateRecordingProbe() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[2]);
    System.out.println(Dial.outcome(new InetSocketAddress(args[0], port)));
    jcmd("JFR.start", "name=late");
    System.out.println(Dial.outcome(new InetSocketAddress(args[1], port)));
    jcmd("JFR.dump", "name=late", "filename=" + args[3]);
  }

  private static void jcmd(String... command) throws IOException, InterruptedException {
    String[] all = new String[command.length + 2];
    all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    all[1] = Long.toString(ProcessHandle.current().pid());
    System.arraycopy(command, 0, all, 2, command.length);
    int exit =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(new File("/dev/null"))
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("jcmd: " + exit);
    }
  }
}
