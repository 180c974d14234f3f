package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.ClassShape;
import io.heagent.agent.jdk.weaving.KnownVersions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** What the bridge's class files name of the JDK's insides. */
final class BridgeLinks {

  private static final String PACKAGE = "sun/nio/ch/";

  /** Other packages of the JDK's own, which have no stubs: javac compiles against the JDK's. */
  private static final String OTHERS = "jdk/internal/";

  /** A member as {@link ClassShape} has it; a bare name for fields whose offsets are asked for. */
  record Link(String owner, String member) {

    String name() {
      return member.replaceFirst("[(:].*", "");
    }
  }

  private BridgeLinks() {}

  /** The class files of the bridge, stubs left out; surefire is told where they are. */
  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    Path folder = Path.of(System.getProperty("bridge.classes"), PACKAGE);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "He*.class")) {
      all.forEach(files::add);
    }
    return files;
  }

  /** Linked methods and fields, and fields whose offsets are asked for. */
  static Set<Link> all() throws IOException {
    Set<Link> links = new LinkedHashSet<>();
    for (Path file : files()) {
      links.addAll(of(file));
    }
    return links;
  }

  /** The same of one class file. */
  static Set<Link> of(Path file) throws IOException {
    Set<Link> links = new LinkedHashSet<>();
    new ClassReader(KnownVersions.readable(Files.readAllBytes(file)))
        .accept(new Collector(links), 0);
    return links;
  }

  private static final class Collector extends ClassVisitor {

    private final Set<Link> links;

    Collector(Set<Link> links) {
      super(Opcodes.ASM9);
      this.links = links;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String types, String signature, String[] exceptions) {
      return new MethodVisitor(Opcodes.ASM9) {
        private Type constantClass;
        private String constantText;

        @Override
        public void visitLdcInsn(Object value) {
          if (value instanceof Type type) {
            constantClass = type;
          } else if (value instanceof String text) {
            constantText = text;
          }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String type) {
          add(owner, name + ":" + type);
          // A class that only becomes known at run time.
          constantClass = null;
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String types, boolean ofInterface) {
          add(owner, name + types);
          if (name.equals("offset") && constantClass != null) {
            links.add(new Link(constantClass.getClassName(), constantText));
          }
        }

        private void add(String owner, String member) {
          boolean isInternal = owner.startsWith(PACKAGE) && !owner.startsWith(PACKAGE + "He");
          if (isInternal || owner.startsWith(OTHERS)) {
            links.add(new Link(owner.replace('/', '.'), member));
          }
        }
      };
    }
  }
}
