package io.heagent.it.jdk;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/**
 * A java.base in which one member of a class has another name, there and wherever its package uses
 * it: a JDK that works, and is not as the agent knows it.
 */
final class PatchedJdk implements Closeable {
  private static final Path MODULES =
      FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");

  private final TempDirectory directory;

  private PatchedJdk(TempDirectory directory) {
    this.directory = directory;
  }

  /** The JDK of this JVM without this member: a field, or all methods of that name. */
  static PatchedJdk without(String owner, String member) throws IOException {
    PatchedJdk patched = new PatchedJdk(TempDirectory.create("patch"));
    try {
      if (patched.rename(owner.replace('.', '/'), member) == 0) {
        throw new IOException("this JDK has no " + owner + "." + member);
      }
      return patched;
    } catch (IOException | RuntimeException e) {
      patched.close();
      throw e;
    }
  }

  /** The flag of a JVM that is to run on it. */
  String flag() {
    return "--patch-module=java.base=" + directory.path();
  }

  /** Gives the number of class files changed. */
  private int rename(String owner, String member) throws IOException {
    Path folder = MODULES.resolve(owner.substring(0, owner.lastIndexOf('/')));
    List<Path> classFiles;
    try (Stream<Path> all = Files.list(folder)) {
      classFiles = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    int changed = 0;
    for (Path classFile : classFiles) {
      Renaming renaming = new Renaming(owner, member);
      ClassWriter writer = new ClassWriter(0);
      new ClassReader(Files.readAllBytes(classFile)).accept(new ClassRemapper(writer, renaming), 0);
      if (renaming.renamed) {
        Path target = directory.path().resolve(MODULES.relativize(classFile).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, writer.toByteArray());
        changed++;
      }
    }
    return changed;
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }

  private static final class Renaming extends Remapper {
    private final String owner;
    private final String member;
    private boolean renamed;

    Renaming(String owner, String member) {
      super(Opcodes.ASM9);
      this.owner = owner;
      this.member = member;
    }

    @Override
    public String mapMethodName(String of, String name, String descriptor) {
      return map(of, name);
    }

    @Override
    public String mapFieldName(String of, String name, String descriptor) {
      return map(of, name);
    }

    private String map(String of, String name) {
      if (!of.equals(owner) || !name.equals(member)) {
        return name;
      }
      renamed = true;
      return name + "Renamed";
    }
  }
}
