package io.heagent.agent.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.heagent.agent.control.Answer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A running JVM to which this process has attached itself. */
final class Jvm implements AutoCloseable {

  private static final String COMMAND = "he-agent-command=";

  private static final String LIBRARY = "/libjvm.so";
  private static final String DELETED = " (deleted)";

  private final String pid;
  private final VirtualMachine machine;
  private final TimeLimit limit;

  private Jvm(String pid, VirtualMachine machine, TimeLimit limit) {
    this.pid = pid;
    this.machine = machine;
    this.limit = limit;
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
    TimeLimit limit = TimeLimit.ofThisProcess();
    try {
      return new Jvm(pid, limit.run(() -> VirtualMachine.attach(pid)), limit);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AttachNotSupportedException refused) {
        throw new CannotAsk("is stopped, or does not let itself be attached to", refused);
      }
      throw new CannotAsk(
          "cannot be attached to, maybe it is another user's", thrown(failed.getCause()));
    }
  }

  /** A failure of a step; one that is a fault of this program or of the JVM is thrown on. */
  private static Throwable thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure;
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
      return maps.anyMatch(Jvm::isLibrary);
    } catch (IOException | UncheckedIOException unknown) {
      return VirtualMachine.list().stream().anyMatch(machine -> machine.id().equals(pid));
    }
  }

  /**
   * Whether a line of a process's map is one of HotSpot's library. The system marks a file that was
   * deleted since, as an upgrade of the JDK does under a program that runs.
   */
  static boolean isLibrary(String line) {
    return line.endsWith(LIBRARY) || line.endsWith(LIBRARY + DELETED);
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
    try (Mailbox box = Mailbox.create(jar, command, arguments)) {
      box.giveTo(owner());
      send(box, jar);
      Answer answer = box.answer();
      if (answer == null) {
        throw new CannotAsk("gave no answer; what it says on stderr is the reason");
      }
      return answer;
    } catch (ExecutionException failed) {
      Throwable cause = thrown(failed.getCause());
      boolean refused =
          cause instanceof AgentLoadException || cause instanceof AgentInitializationException;
      throw new CannotAsk(refused ? "does not load the agent" : "cannot be asked", cause);
    } catch (IOException failed) {
      throw new CannotAsk("cannot be asked", failed);
    }
  }

  private void send(Mailbox box, File jar) throws CannotAsk, ExecutionException {
    try {
      limit.run(
          () -> {
            machine.loadAgent(jar.getPath(), COMMAND + box.request().toAbsolutePath());
            return null;
          });
    } catch (CannotAsk notWaitedFor) {
      box.keepName();
      throw notWaitedFor;
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

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException goneAlready) {
      return;
    }
  }
}
