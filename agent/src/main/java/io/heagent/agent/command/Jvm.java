package io.heagent.agent.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.heagent.agent.control.Answer;
import io.heagent.agent.control.Request;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;

/** A running JVM to which this process has attached itself. */
final class Jvm implements AutoCloseable {

  private static final String COMMAND = "he-agent-command=";

  private final String pid;
  private final VirtualMachine machine;

  private Jvm(String pid, VirtualMachine machine) {
    this.pid = pid;
    this.machine = machine;
  }

  /**
   * Attaches this process.
   *
   * @throws CannotAsk if there is no such JVM, or it does not let this process attach
   */
  static Jvm attach(String pid) throws CannotAsk {
    if (!isThere(pid)) {
      throw new CannotAsk("is not a running process of which this user may know");
    } else if (!isJvm(pid)) {
      throw new CannotAsk("is no JVM");
    } else if (isElsewhere(pid)) {
      throw new CannotAsk(
          "runs in a container or another mount namespace: run this command in there");
    }
    try {
      return new Jvm(pid, VirtualMachine.attach(pid));
    } catch (AttachNotSupportedException noJvm) {
      throw new CannotAsk("is no JVM, or does not let itself be attached to", noJvm);
    } catch (IOException | RuntimeException failed) {
      throw new CannotAsk("cannot be attached to, maybe it is another user's", failed);
    }
  }

  private static boolean isThere(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  /**
   * Whether the process has HotSpot's library. To attach sends a signal, which ends a process that
   * is no JVM.
   */
  private static boolean isJvm(String pid) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", pid, "maps"), ISO_8859_1)) {
      return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException | UncheckedIOException unknown) {
      return VirtualMachine.list().stream().anyMatch(machine -> machine.id().equals(pid));
    }
  }

  /** Whether the process sees other files. Its jar and ours would not be the same there. */
  private static boolean isElsewhere(String pid) {
    try {
      Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
      return !own.equals(Files.readSymbolicLink(Path.of("/proc", pid, "ns/mnt")));
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  /**
   * Has a command carried out there.
   *
   * @param jar the jar of this command line
   * @throws CannotAsk if there is no answer
   */
  Answer ask(File jar, String command, List<String> arguments) throws CannotAsk {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("he-agent");
      Path request = Request.write(directory, jar, command, arguments);
      giveTo(owner(), directory);
      machine.loadAgent(jar.getPath(), COMMAND + request.toAbsolutePath());
      Answer answer = Request.answer(directory);
      if (answer == null) {
        throw new CannotAsk("gave no answer; what it says on stderr is the reason");
      }
      return answer;
    } catch (AgentLoadException | AgentInitializationException refused) {
      throw new CannotAsk("does not load the agent", refused);
    } catch (IOException failed) {
      throw new CannotAsk("cannot be asked", failed);
    } finally {
      delete(directory);
    }
  }

  /** The user that the process runs as; null if that is not known. */
  private UserPrincipal owner() {
    try {
      return Files.getOwner(Path.of("/proc", pid));
    } catch (IOException | UnsupportedOperationException unknown) {
      return null;
    }
  }

  /** Root may attach to the JVM of another user, which could not read what belongs to root. */
  private static void giveTo(UserPrincipal owner, Path directory) throws IOException {
    if (owner == null || owner.equals(Files.getOwner(directory))) {
      return;
    }
    for (File file : files(directory)) {
      Files.setOwner(file.toPath(), owner);
    }
    Files.setOwner(directory, owner);
  }

  private static File[] files(Path directory) {
    File[] files = directory.toFile().listFiles();
    return files == null ? new File[0] : files;
  }

  private static void delete(Path directory) {
    if (directory != null) {
      for (File file : files(directory)) {
        file.delete();
      }
      directory.toFile().delete();
    }
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException goneAlready) {
      return;
    }
  }
}
