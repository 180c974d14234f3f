package io.heagent.agent.command;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;

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

  private static String line(String pid, String program, String agent) {
    String shown =
        program.length() <= WIDTH
            ? program
            : CUT + program.substring(program.length() - WIDTH + CUT.length());
    return String.format("%7s  %-" + WIDTH + "s  %s", pid, shown, agent);
  }

  /** The main class or jar, without arguments, which may have secrets. */
  private static String program(String displayName) {
    String first = displayName.split(" ", 2)[0];
    String name = first.endsWith(".jar") ? first.substring(first.lastIndexOf('/') + 1) : first;
    return name.isEmpty() ? "?" : name;
  }

  /** The version of the jar that the JVM has open; a hyphen for none. */
  private static String agent(String pid) {
    File[] files = new File("/proc/" + pid + "/fd").listFiles();
    if (files == null) {
      return "?";
    }
    for (File file : files) {
      String version = version(file);
      if (version != null) {
        return version;
      }
    }
    return "-";
  }

  /** The version of an agent's jar; null if the file is none. */
  private static String version(File file) {
    try {
      // The file is a link of /proc that leads to the open file itself, even if that was deleted or
      // replaced since. Its target is only a text that tells which links are worth opening.
      if (!file.getCanonicalPath().contains(".jar")) {
        return null;
      }
      try (JarFile open = new JarFile(file, false)) {
        return open.getEntry(ENTRY) == null
            ? null
            : open.getManifest().getMainAttributes().getValue("Implementation-Version");
      }
    } catch (IOException | RuntimeException notToBeRead) {
      return null;
    }
  }
}
