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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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

  /** The bits of a mode that tell a file from a link or a directory. */
  private static final int KIND = 0170000;

  private static final int FILE = 0100000;

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
   * Whether the file has the same owner as the jar, nobody else can write it, and it is no link.
   * Where everybody may make files, as in /tmp, a link may be anybody's and lead to a file of the
   * owner's whose text somebody else has chosen. The directory may be anybody's: whoever can
   * replace a file in it can replace the jar. Owners are compared by their numbers: for their names
   * the JDK would ask the system's directory of users, which may be a server elsewhere.
   */
  private static boolean isTrusted(Path file, Path jar) throws IOException {
    Map<String, Object> is = Files.readAttributes(file, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) is.get("mode");
    return (mode & KIND) == FILE
        && (mode & WRITABLE_BY_OTHERS) == 0
        && is.get("uid").equals(Files.getAttribute(jar, OWNER));
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
   * Makes the patches of the running JDK, and writes either all of them or none. Root may write
   * into a directory of somebody else, who may put a link in the place of the new file before it is
   * written: no link is followed.
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
      Files.write(
          part,
          writer.file(OwnJar.weaving(jar)),
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
      letAllRead(part);
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

  /**
   * Whatever the process's umask is. By the directory's descriptor: a view of the path itself
   * follows links even if it is asked not to (seen on JDK 25).
   */
  private static void letAllRead(Path file) throws IOException {
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(file.getParent())) {
      ((SecureDirectoryStream<Path>) folder)
          .getFileAttributeView(
              file.getFileName(), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
    }
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
