package io.heagent.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.heagent.engine.report.OneLine;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The JVMs of this user, and which of them have the agent. None of them is asked, because a JVM
 * that is asked loads something, and prints a warning since JDK 21: the system says which files
 * each has open, and a JVM with the agent has its jar open.
 */
final class JvmList {

  private static final String ENTRY = "io/heagent/agent/HeAgent.class";

  /** Of the programs' column. Of longer names the end is shown, which has the class. */
  private static final int WIDTH = 30;

  private static final String CUT = "...";
  private static final String UNKNOWN = "?";

  private static final String VERSION = "Implementation-Version: ";
  private static final int MAX_MANIFEST = 1 << 16;

  private JvmList() {}

  /** A line for each, and a heading. */
  static List<String> lines() {
    List<VirtualMachineDescriptor> all = new ArrayList<>(VirtualMachine.list());
    String own = Long.toString(ProcessHandle.current().pid());
    all.removeIf(machine -> machine.id().equals(own));
    all.sort(Comparator.comparingLong(machine -> Long.parseLong(machine.id())));
    List<String> lines = new ArrayList<>();
    lines.add(line("PID", "PROGRAM", "AGENT"));
    for (VirtualMachineDescriptor machine : all) {
      lines.add(line(machine.id(), program(machine.displayName()), agent(machine.id())));
    }
    return lines;
  }

  static String line(String pid, String program, String agent) {
    // Another user may have chosen both, for this user's terminal to act on.
    String name = OneLine.of(program);
    String shown =
        name.length() <= WIDTH ? name : CUT + name.substring(name.length() - WIDTH + CUT.length());
    return String.format("%7s  %-" + WIDTH + "s  %s", pid, shown, OneLine.of(agent));
  }

  /** The main class or jar, without arguments, which may have secrets. */
  private static String program(String displayName) {
    String first = displayName.split(" ", 2)[0];
    String name = first.endsWith(".jar") ? first.substring(first.lastIndexOf('/') + 1) : first;
    return name.isEmpty() ? UNKNOWN : name;
  }

  /** The version of the jar that the JVM has open; a hyphen for none. */
  private static String agent(String pid) {
    File[] files = new File("/proc/" + pid + "/fd").listFiles();
    if (files == null) {
      return UNKNOWN;
    }
    for (File file : files) {
      String version = version(file);
      if (version != null) {
        return version;
      }
    }
    return "-";
  }

  /**
   * The version of an agent's jar, a question mark if it has none; null if the file is no such jar.
   */
  static String version(File file) {
    try {
      // The file is a link of /proc that leads to the open file itself, even if that was deleted or
      // replaced since. Its target is only a text that tells which links are worth opening. To open
      // a pipe would wait for its other end.
      if (!file.getCanonicalPath().contains(".jar") || !Files.isRegularFile(file.toPath())) {
        return null;
      }
      try (JarFile open = new JarFile(file, false)) {
        return open.getEntry(ENTRY) == null ? null : version(open);
      }
    } catch (IOException | RuntimeException notToBeRead) {
      return null;
    }
  }

  /** Reads the manifest as text: the JDK's own class prints a warning for each oddity in it. */
  private static String version(JarFile open) throws IOException {
    ZipEntry manifest = open.getEntry(JarFile.MANIFEST_NAME);
    if (manifest == null) {
      return UNKNOWN;
    }
    byte[] read;
    try (InputStream in = open.getInputStream(manifest)) {
      read = in.readNBytes(MAX_MANIFEST);
    }
    for (String line : new String(read, UTF_8).split("\\R", -1)) {
      if (line.startsWith(VERSION)) {
        return line.substring(VERSION.length());
      }
    }
    return UNKNOWN;
  }
}
