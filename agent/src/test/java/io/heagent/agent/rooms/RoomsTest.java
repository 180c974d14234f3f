package io.heagent.agent.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rooms are as {@code docs/architecture.md} says: each imports only what its row allows. */
class RoomsTest {
  private static final Path PROJECT = Path.of("..");

  private static Rooms rooms;

  @BeforeAll
  static void read() throws IOException {
    rooms = new Rooms(PROJECT);
  }

  @Test
  void everyRoomIsInTheTable() {
    assertEquals(List.of(), rooms.notInTheTable());
  }

  @Test
  void nothingIsImportedThatIsNotInItsRow() {
    assertEquals(List.of(), rooms.importsNotAllowed(), "not in its row of docs/architecture.md");
  }

  @Test
  void nothingIsAllowedThatNobodyNeeds() {
    assertEquals(List.of(), rooms.allowedInVain());
  }

  @Test
  void noRoomIsTooLarge() {
    assertEquals(List.of(), rooms.tooLarge());
  }

  @Test
  void noRoomOfTestsIsTooLarge() throws IOException {
    assertEquals(List.of(), TestRooms.tooLarge(PROJECT));
  }

  @Test
  void thereIsNoCircle() {
    assertEquals(List.of(), rooms.circles());
  }

  @Test
  void nobodyImportsWholePackages() throws IOException {
    assertEquals(List.of(), rooms.starImports());
  }

  @Test
  void pureRoomsHaveNoClockAndNoThread() throws IOException {
    assertEquals(List.of(), rooms.impure());
  }

  @Test
  void documentsThatSourcesNameExist() throws IOException {
    assertEquals(Set.of(), CitedDocuments.missing(PROJECT));
  }
}
