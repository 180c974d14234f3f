package io.heagent.agent.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JVM that was stopped reads a request when it goes on, maybe long after the command has given
 * up. Whoever has put something at the place of the request by then must not be obeyed.
 */
class RequestTest {
  private static final int STRANGER = 65534;

  @TempDir Path elsewhere;

  private Path directory;
  private Path file;
  private Path answer;

  @BeforeEach
  void create() throws IOException {
    directory = Files.createTempDirectory(elsewhere, "he-agent");
    file = directory.resolve(Request.FILE);
    answer = directory.resolve(Request.ANSWER);
    Files.write(file, Request.lines(new File("/opt/he-agent.jar"), "set", List.of("delay=100ms")));
    permit(file, "rw-------");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void give(Path path, int user) throws IOException {
    Files.setAttribute(path, "unix:uid", user);
  }

  private void assertNotObeyed(Path path) {
    String why = assertThrows(IOException.class, () -> Request.read(file.toString())).getMessage();
    assertTrue(why.startsWith(path + " is not obeyed: "), why);
  }

  @Test
  void theOwnUserIsObeyed() throws IOException {
    Request request = Request.read(file.toString());
    assertEquals(new Request("set", List.of("delay=100ms"), answer), request);
    Files.writeString(answer, "longer than the answer");
    request.write(Answer.refused("no"));
    assertEquals(Answer.refused("no").lines(), Files.readString(answer));
  }

  /** Root's command gives the file to the JVM's user, and keeps the directory. */
  @Test
  void othersThanRootAndTheOwnUserAreNot() throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root may give files away");
    give(file, STRANGER);
    assertNotObeyed(file);
    give(directory, STRANGER);
    assertNotObeyed(directory);
    give(file, 0);
    assertNotObeyed(directory);
  }

  @Test
  void whatOthersMayWriteIsNot() throws IOException {
    permit(file, "rw-rw----");
    assertNotObeyed(file);
    permit(file, "r-----rw-");
    assertNotObeyed(file);
    permit(file, "r--------");
    permit(directory, "rwxrwx---");
    assertNotObeyed(directory);
    permit(directory, "rwx---rwx");
    assertNotObeyed(directory);
    permit(directory, "rwx--x--x");
    assertEquals("set", Request.read(file.toString()).command());
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Path moved = elsewhere.resolve("moved");
    Files.move(file, moved);
    Files.createSymbolicLink(file, moved);
    assertNotObeyed(file);
    Files.delete(file);
    Files.move(moved, file);
    Files.move(directory, moved);
    Files.createSymbolicLink(directory, moved);
    assertNotObeyed(directory);
  }

  @Test
  void theAnswerGoesIntoTheFileThatIsThereAndNoOther() throws IOException {
    Request request = Request.read(file.toString());
    assertThrows(IOException.class, () -> request.write(Answer.done("")));
    assertFalse(Files.exists(answer), "the command has taken it away");
    Path precious = Files.writeString(elsewhere.resolve("precious"), "as it was");
    Files.createSymbolicLink(answer, precious);
    assertThrows(IOException.class, () -> request.write(Answer.done("")));
    assertEquals("as it was", Files.readString(precious));
  }
}
