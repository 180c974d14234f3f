package io.heagent.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heagent.agent.control.Answer;
import io.heagent.agent.control.Request;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * The files by which one command is asked and answered, in a directory of their own. Root may ask a
 * JVM of a user who wants to do harm. That user must not make root open, read or delete any other
 * file: the directory stays root's, so that nothing in it can be replaced; the answer is read from
 * the file that was opened when it was made; and what is deleted has a known name. Nor must anybody
 * ask in root's place: a JVM that does not read the request in time may still do so later.
 */
final class Mailbox implements Closeable {

  /** Far more than any agent answers. */
  private static final int MAX_ANSWER = 1 << 20;

  private final Path directory;
  private final FileChannel answer;
  private boolean nameIsKnown;

  private Mailbox(Path directory, FileChannel answer) {
    this.directory = directory;
    this.answer = answer;
  }

  /** Writes a request. Only this user can read it, and can write an answer. */
  static Mailbox create(File jar, String command, List<String> arguments) throws IOException {
    Path directory = Files.createTempDirectory("he-agent");
    try {
      Files.write(directory.resolve(Request.FILE), Request.lines(jar, command, arguments));
      FileChannel answer =
          FileChannel.open(
              directory.resolve(Request.ANSWER),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      // Nobody else can enter the directory, but a JVM does not obey what others may write.
      permit(directory.resolve(Request.FILE), "rw-------");
      permit(directory.resolve(Request.ANSWER), "rw-------");
      return new Mailbox(directory, answer);
    } catch (IOException | RuntimeException failed) {
      deleteFiles(directory);
      directory.toFile().delete();
      throw failed;
    }
  }

  /** The file of the request. */
  Path request() {
    return directory.resolve(Request.FILE);
  }

  /**
   * Has another user read the request and write the answer, in place of this one.
   *
   * @param user the user that the JVM runs as; null if that is not known
   */
  void giveTo(UserPrincipal user) throws IOException {
    if (user == null || user.equals(Files.getOwner(directory))) {
      return;
    }
    // Nobody else can enter the directory until the last line.
    give(request(), user, "r--------");
    give(directory.resolve(Request.ANSWER), user, "rw-------");
    permit(directory, "rwx--x--x");
  }

  private static void give(Path file, UserPrincipal user, String permissions) throws IOException {
    permit(file, permissions);
    Files.setOwner(file, user);
  }

  private static void permit(Path file, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  /** What the JVM has answered; null for nothing. */
  Answer answer() throws IOException {
    ByteBuffer read = ByteBuffer.allocate((int) Math.min(answer.size(), MAX_ANSWER));
    int more = 0;
    while (more >= 0 && read.hasRemaining()) {
      more = answer.read(read, read.position());
    }
    String lines = new String(read.array(), 0, read.position(), UTF_8);
    return lines.isEmpty() ? null : Answer.parse(lines);
  }

  /**
   * The JVM was not waited for and may look for the request later. The empty directory will stay,
   * so that nobody can make another one of its name.
   */
  void keepName() {
    nameIsKnown = true;
  }

  @Override
  public void close() {
    try {
      answer.close();
    } catch (IOException nothingWasWritten) {
      // The files go all the same.
    }
    deleteFiles(directory);
    if (!nameIsKnown) {
      directory.toFile().delete();
    }
  }

  private static void deleteFiles(Path directory) {
    directory.resolve(Request.FILE).toFile().delete();
    directory.resolve(Request.ANSWER).toFile().delete();
  }
}
