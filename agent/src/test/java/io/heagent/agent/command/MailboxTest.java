package io.heagent.agent.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heagent.agent.control.Answer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files of a command, beside a user who may want to do harm: root asks a JVM of that user, and
 * must not open, read or delete what the user has put in their places.
 */
class MailboxTest {
  private static final String STRANGER = "65534";

  @TempDir Path elsewhere;

  private Mailbox box;

  @BeforeEach
  void create() throws IOException {
    box = Mailbox.create(new File("/opt/he-agent.jar"), "set", List.of("delay=100ms", "log=info"));
  }

  @AfterEach
  void close() {
    box.close();
  }

  private Path directory() {
    return box.request().getParent();
  }

  private Path answer() {
    return directory().resolve("answer");
  }

  @Test
  void theAnswerIsReadFromTheFileThatWasMade() throws IOException {
    assertNull(box.answer());
    Files.writeString(answer(), "1\nno");
    assertEquals(Answer.refused("no"), box.answer());
    assertEquals(Answer.refused("no"), box.answer(), "read again");
  }

  @Test
  void aFileInItsPlaceIsNotRead() throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret"), "0\nsecret");
    Files.delete(answer());
    Files.createSymbolicLink(answer(), secret);
    assertNull(box.answer());
  }

  @Test
  void anAnswerWithoutAnEndIsCut() throws IOException {
    Files.writeString(answer(), "0\n" + "x".repeat(3_000_000));
    assertTrue(box.answer().text().length() < 2_000_000, "longer than any agent's");
  }

  /** The directory may have been put elsewhere, and a link to another one in its place. */
  @Test
  void nothingElseIsDeleted() throws IOException {
    Path precious = Files.writeString(elsewhere.resolve("precious"), "");
    Path moved = directory().resolveSibling(directory().getFileName() + "-moved");
    Files.move(directory(), moved);
    Files.createSymbolicLink(directory(), elsewhere);
    try {
      box.close();
      assertTrue(Files.exists(precious), "it is gone");
    } finally {
      Files.deleteIfExists(directory());
      Files.deleteIfExists(moved.resolve("request"));
      Files.deleteIfExists(moved.resolve("answer"));
      Files.delete(moved);
    }
  }

  @Test
  void closedItLeavesNothing() {
    box.close();
    assertFalse(Files.exists(directory()));
  }

  /** The JVM that was not waited for knows the name, and may look for it when it goes on. */
  @Test
  void aNameThatIsStillKnownStaysTaken() throws IOException {
    box.keepName();
    box.close();
    try {
      assertTrue(Files.isDirectory(directory()), "the name is free");
      try (Stream<Path> left = Files.list(directory())) {
        assertEquals(List.of(), left.toList());
      }
    } finally {
      Files.delete(directory());
    }
  }

  /** Whatever the umask: a JVM does not obey what others may write. */
  @Test
  void onlyThisUserMayWrite() throws IOException {
    assertEquals("rwx------", permissions(directory()));
    assertEquals("rw-------", permissions(box.request()));
    assertEquals("rw-------", permissions(answer()));
  }

  @Test
  void theOwnUserNeedsNothingGiven() throws IOException {
    box.giveTo(Files.getOwner(directory()));
    assertEquals("rwx------", permissions(directory()));
    box.giveTo(null);
    assertEquals("rwx------", permissions(directory()));
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  /** What each line of a shell does, run by the stranger. */
  private int stranger(String... command) throws IOException, InterruptedException {
    List<String> all =
        List.of("setpriv", "--reuid=" + STRANGER, "--regid=" + STRANGER, "--clear-groups", "--");
    Process process =
        new ProcessBuilder(Stream.concat(all.stream(), List.of(command).stream()).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  @Test
  void anotherUserReadsTheRequestWritesTheAnswerAndDoesNoMore() throws Exception {
    assumeTrue(isRoot(), "only root may ask another user's JVM");
    UserPrincipal other =
        elsewhere.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(STRANGER);
    UserPrincipal own = Files.getOwner(directory());
    box.giveTo(other);

    assertEquals(own, Files.getOwner(directory()));
    assertEquals("rwx--x--x", permissions(directory()));
    assertEquals(other, Files.getOwner(answer()));
    assertEquals("rw-------", permissions(answer()));
    assertEquals("r--------", permissions(box.request()));

    String file = answer().toString();
    assertEquals(0, stranger("cat", box.request().toString()));
    assertEquals(0, stranger("sh", "-c", "printf '0\\ndone' > \"$1\"", "sh", file));
    assertNotEquals(0, stranger("rm", "-f", file));
    assertNotEquals(0, stranger("ln", "-sf", "/etc/passwd", file));
    assertNotEquals(0, stranger("mkfifo", file + "2"));
    assertNotEquals(0, stranger("ls", directory().toString()));
    assertNotEquals(0, stranger("mv", directory().toString(), directory() + "-moved"));
    assertEquals(new Answer(0, "done"), box.answer());
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        && Files.exists(Path.of("/usr/bin/setpriv"));
  }
}
