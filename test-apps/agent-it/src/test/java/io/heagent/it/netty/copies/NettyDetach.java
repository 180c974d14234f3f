package io.heagent.it.netty.copies;

import io.heagent.it.control.WatchingAgent;
import io.heagent.it.netty.NettyProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Runs {@link NettyProbe}, has a command of the agent's jar take the agent out of this very JVM if
 * it is there, tells what Netty's classes are made of, and runs the probe again. Arguments: the
 * agent's jar, or nothing; the probe's arguments.
 */
public final class NettyDetach {
  private static final List<String> CLASSES =
      List.of(
          "io.netty.channel.epoll.AbstractEpollChannel",
          "io.netty.channel.epoll.AbstractEpollChannel$AbstractEpollUnsafe",
          "io.netty.channel.epoll.AbstractEpollStreamChannel$EpollStreamUnsafe",
          "io.netty.channel.epoll.Native",
          "io.netty.channel.unix.Socket",
          "io.netty.channel.unix.FileDescriptor");

  private static final int API = Opcodes.ASM9;

  private NettyDetach() {}

  public static void main(String[] args) throws Exception {
    String[] arguments = Stream.of(args).skip(1).toArray(String[]::new);
    NettyProbe.main(arguments);
    System.out.println("woven " + classes());
    if (!args[0].isEmpty()) {
      detach(args[0]);
    }
    System.out.println("back " + classes());
    NettyProbe.main(arguments);
  }

  private static String classes() throws Exception {
    long sum = 0;
    for (String name : CLASSES) {
      sum += checksum(WatchingAgent.classFile(Class.forName(name)));
    }
    return Long.toHexString(sum);
  }

  /**
   * Of all methods, each as a class of its own: the JVM gives them in an order that differs from
   * run to run.
   */
  private static long checksum(byte[] classFile) {
    List<String> methods = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(API) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] thrown) {
                methods.add(name + type);
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    long sum = 0;
    for (String method : methods) {
      CRC32 crc = new CRC32();
      crc.update(only(method, classFile));
      sum += crc.getValue();
    }
    return sum;
  }

  private static byte[] only(String method, byte[] classFile) {
    ClassWriter alone = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(API, alone) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] thrown) {
                return method.equals(name + type)
                    ? super.visitMethod(access, name, type, signature, thrown)
                    : null;
              }
            },
            ClassReader.SKIP_FRAMES);
    return alone.toByteArray();
  }

  private static void detach(String jar) throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar,
                "detach",
                Long.toString(ProcessHandle.current().pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("detach: " + exit);
    }
  }
}
