package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.patch.PatchFile;
import io.heagent.agent.patch.PatchFileWriter;
import io.heagent.agent.patch.PatchSet;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Patches that the command {@code prepare} has made for a JDK for which the jar has none: a file
 * beside the jar. The patches become code of the JDK, so the agent trusts the file only if nobody
 * could have written it who could not have written the jar.
 */
public final class PreparedPatches {

  /** The name of the file beside the jar. */
  static final String NAME = "he-agent.patches";

  private static final String OWNER = "unix:uid";
  private static final String MODE = "unix:mode";

  /** The bits of a mode for the group and for everybody else. */
  private static final int WRITABLE_BY_OTHERS = 0b010_010;

  private PreparedPatches() {}

  /**
   * Reads the file beside the jar; null if there is none, if it is not trusted, or if another jar
   * has made it.
   */
  static PatchFile read() {
    File jar = OwnJar.file();
    File file = jar == null ? null : new File(jar.getAbsoluteFile().getParentFile(), NAME);
    if (file == null || !file.isFile()) {
      return null;
    }
    try {
      if (!isTrusted(file.toPath(), jar.toPath())) {
        return null;
      }
      PatchFile patches = PatchFile.read(bytes(file));
      return patches != null && patches.weaving() == OwnJar.weaving(jar) ? patches : null;
    } catch (IOException | UnsupportedOperationException notToBeRead) {
      return null;
    }
  }

  /**
   * Whether the file has the same owner as the jar, and nobody else can write it. Owners are
   * compared by their numbers: for their names the JDK would ask the system's directory of users,
   * which may be a server elsewhere.
   */
  static boolean isTrusted(Path file, Path jar) throws IOException {
    return Files.getAttribute(file, OWNER).equals(Files.getAttribute(jar, OWNER))
        && ((Integer) Files.getAttribute(file, MODE) & WRITABLE_BY_OTHERS) == 0;
  }

  /**
   * Reads by a stream and not by a channel, which on some JDKs would load classes that are still to
   * be patched.
   */
  private static byte[] bytes(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return in.readAllBytes();
    }
  }

  /**
   * Makes the patches of the running JDK, and writes either all of them or none.
   *
   * @param directory the directory of the file; null for the jar's
   * @return what was done, as a line for people
   * @throws IOException if it cannot be done; the message says why
   */
  public static String write(String directory) throws IOException {
    File jar = OwnJar.file();
    if (jar == null) {
      throw new IOException("the agent is in no jar file of its own");
    }
    Path folder =
        directory == null
            ? jar.toPath().toAbsolutePath().getParent()
            : Path.of(directory).toAbsolutePath();
    List<PatchSet> sets = PatchSets.of(ThisBuild.name(), JdkClassFiles::read);
    if (sets.isEmpty()) {
      throw new IOException(
          "this JDK ("
              + System.getProperty("java.vm.version")
              + ") is not as expected; a start on it says what it lacks");
    }
    PatchFileWriter writer = new PatchFileWriter();
    sets.forEach(writer::add);
    Path file = folder.resolve(NAME);
    Path part = Files.createTempFile(folder, NAME, ".part");
    try {
      Files.write(part, writer.file(OwnJar.weaving(jar)));
      Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
    return "prepared "
        + System.getProperty("java.vm.version")
        + " in "
        + file
        + "; it belongs beside "
        + jar.getName()
        + ", with the same owner";
  }

  /** The agent's own jar, as a file. */
  private static final class OwnJar {

    private static final String ENTRY = "io.heagent.agent.HeAgent";
    private static final String OUTSIDE = "jar:";
    private static final String INSIDE = "!/io/heagent/agent/HeAgent.class";
    private static final String WEAVING = "io/heagent/agent/inst/weaving.jar";

    private OwnJar() {}

    /** The file of the jar; null if the agent's classes are not in a jar of their own. */
    static File file() {
      try {
        Class<?> entry = ClassLoader.getSystemClassLoader().loadClass(ENTRY);
        String url = String.valueOf(entry.getResource("HeAgent.class"));
        return url.startsWith(OUTSIDE) && url.endsWith(INSIDE)
            ? new File(new URI(url.substring(OUTSIDE.length(), url.length() - INSIDE.length())))
            : null;
      } catch (ClassNotFoundException | URISyntaxException | IllegalArgumentException notAFile) {
        return null;
      }
    }

    /** A checksum of everything in the jar that determines the woven code. */
    static int weaving(File jar) throws IOException {
      try (ZipFile zip = new ZipFile(jar)) {
        ZipEntry weaving = zip.getEntry(WEAVING);
        if (weaving == null) {
          throw new IOException(jar + " has no " + WEAVING);
        }
        return (int) weaving.getCrc();
      }
    }
  }
}
