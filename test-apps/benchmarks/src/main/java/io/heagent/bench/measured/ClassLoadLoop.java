package io.heagent.bench.measured;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Arguments: how many classes. Loads that many empty classes, first of all as many to warm up, each
 * time in a package of its own depth as programs have them, and prints the CPU time of one class in
 * microseconds. Knows nothing of the agent.
 */
public final class ClassLoadLoop {

  /** Of the class file's constants. */
  private static final int UTF8 = 1;

  private static final int CLASS = 7;

  private static final int PUBLIC_SUPER = 0x21;
  private static final int JAVA_8 = 52;

  private ClassLoadLoop() {}

  private static final class Loader extends ClassLoader {
    void define(String name, byte[] classFile) {
      defineClass(name.replace('/', '.'), classFile, 0, classFile.length);
    }
  }

  public static void main(String[] args) throws IOException {
    int classes = Integer.parseInt(args[0]);
    load("com/example/warm/up/C", classes);
    System.out.println(load("com/example/shop/basket/internal/C", classes));
  }

  private static double load(String prefix, int classes) throws IOException {
    Loader loader = new Loader();
    String[] names = new String[classes];
    byte[][] files = new byte[classes][];
    for (int i = 0; i < classes; i++) {
      names[i] = prefix + i;
      files[i] = classFile(names[i]);
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < classes; i++) {
      loader.define(names[i], files[i]);
    }
    return (threads.getCurrentThreadCpuTime() - begin) / 1_000.0 / classes;
  }

  /** An empty class: JVMS 4.1. */
  private static byte[] classFile(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0xCAFEBABE);
      out.writeShort(0);
      out.writeShort(JAVA_8);
      out.writeShort(5);
      out.writeByte(UTF8);
      out.writeUTF(name);
      out.writeByte(CLASS);
      out.writeShort(1);
      out.writeByte(UTF8);
      out.writeUTF("java/lang/Object");
      out.writeByte(CLASS);
      out.writeShort(3);
      out.writeShort(PUBLIC_SUPER);
      out.writeShort(2);
      out.writeShort(4);
      for (int none = 0; none < 4; none++) {
        out.writeShort(0);
      }
    }
    return bytes.toByteArray();
  }
}
