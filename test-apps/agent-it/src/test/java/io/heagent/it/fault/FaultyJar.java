package io.heagent.it.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The finished agent with a place to throw from, see {@link Faults}, at each of its fault points:
 * before <em>every call</em> that its connects make of the JDK's internals, channels, selectors and
 * threads, found in the class files and so never forgotten, and at the entry of its own steps that
 * are named here. The agent itself knows nothing of it.
 */
final class FaultyJar {
  private static final String OURS = "io/heagent/";
  private static final String INSIDE = "io/heagent/agent/inst/";

  /** The rooms in which every call of what is {@link #CALLED} is a fault point. */
  private static final List<String> ROOMS =
      List.of(
          "io/heagent/agent/connect/",
          "io/heagent/agent/netty/",
          "io/heagent/agent/resolve/",
          "io/heagent/engine/host/NetworkChangeMonitor",
          "io/heagent/engine/loop/");

  /** Calls of these are fault points, wherever in these rooms they are made. */
  private static final List<String> CALLED =
      List.of(
          "sun/nio/ch/He",
          "java/nio/channels/",
          "java/lang/Thread.start",
          "java/net/NetworkInterface.",
          "io/heagent/engine/time/DaemonThreads.create");

  /**
   * The agent's interfaces behind which those calls are made, by the simple name of the interface:
   * each call of these is a fault point too, so that it can fail for each of its callers.
   */
  private static final Set<String> SEAMS =
      Set.of("ProgramSocket", "FallbackSocket", "SystemCalls", "ForeignSocket");

  /**
   * They give a lock or a buffer back, or tell the time, which takes no memory: nothing can be
   * thrown there.
   */
  private static final Set<String> CANNOT =
      Set.of("sun/nio/ch/HeAsync.release", "sun/nio/ch/HeJdk.returnBuffer", "SystemCalls.nanoTime");

  /**
   * Steps whose IOException is by contract the outcome of the race: {@code ForeignConnect} declares
   * it as "the failure of the race", and {@code HeNetty} passes it on to Netty as that. So one that
   * is injected here is an outcome that the program has to be told, and no fault of the agent. What
   * else may come out of these steps is injected.
   */
  private static final Set<String> OUTCOMES =
      Set.of("ForeignConnect.isPending", "NettyHook.onFinishConnect");

  /**
   * The agent's own steps: timer, look-up, log, history, neighbours and whatever else may throw. By
   * the simple name of the class, in whatever room it is.
   */
  private static final Map<String, Set<String>> STEPS =
      Map.ofEntries(
          Map.entry(
              "EventLoop", Set.of("execute", "schedule", "watch", "flush", "soon", "isCrowded")),
          Map.entry("AttemptLimiter", Set.of("take", "leave", "giveBack")),
          Map.entry("ConnectHook", Set.of("onClassFile")),
          Map.entry("NameLookups", Set.of("join")),
          Map.entry("StackTraceCleaner", Set.of("cleaned")),
          Map.entry(
              "EndpointHistory",
              Set.of("hasSuspects", "order", "delay", "won", "record", "isSuspect")),
          Map.entry("HistoryRegistry", Set.of("of")),
          Map.entry("NetworkChangeMonitor", Set.of("look")),
          Map.entry("EndpointRegistry", Set.of("begin", "end")),
          Map.entry("BrokenAddressReporter", Set.of("answered", "ended")),
          Map.entry("ConnectedPeers", Set.of("mark", "contains")),
          Map.entry("BoundSockets", Set.of("isFixed", "address")),
          Map.entry("RacingClients", Set.of("areOnStack")),
          Map.entry("DialPlanner", Set.of("plan")),
          Map.entry("DelayPreloader", Set.of("rehearse")),
          Map.entry("FallbackChannel", Set.of("open")),
          Map.entry("OptionTransfer", Set.of("carryBeforeConnect", "carryChanged")),
          Map.entry("CandidateSource", Set.of("isKnown", "next")),
          Map.entry("RaceAttempts", Set.of("offer", "failed")),
          Map.entry("AttemptReport", Set.of("tried", "addresses", "failure", "log")),
          Map.entry("ChannelBooks", Set.of("toBeTold", "tried", "silent")),
          Map.entry("ChannelRaceRegistry", Set.of("add", "remove", "release", "wakeUnlessSeen")),
          Map.entry("OutcomeDelivery", Set.of("take")),
          Map.entry("ForeignConnects", Set.of("begin", "soon", "later")),
          Map.entry("ForeignConnect", Set.of("start", "left", "isPending", "cancel")),
          Map.entry(
              "NettyHook",
              Set.of("onBegin", "onEnd", "onConnect", "onFinishConnect", "onControl", "onClosing")),
          Map.entry(
              "NettyMethods",
              Set.of(
                  "registerAgain",
                  "add",
                  "isSigned",
                  "isIpv6",
                  "hasLocal",
                  "setLocal",
                  "isRegistered",
                  "eventLoop",
                  "number",
                  "connect",
                  "finishConnect")),
          Map.entry(
              "NettySocket", Set.of("admit", "left", "connected", "over", "hush", "pollAgain")),
          Map.entry("OutcomeRequest", Set.of("ask")),
          Map.entry("OwnConnect", Set.of("dial", "isConnected")),
          Map.entry("EventLoopTasks", Set.of("run", "runLater", "hand", "again", "arrived")),
          Map.entry("Registration", Set.of("told", "hush", "pollAgain", "replace", "register")));

  /** By name, whether an IOException may come out of it. */
  private final Map<String, Boolean> points = new TreeMap<>();

  private final Set<String> stepsFound = new TreeSet<>();

  /** What the bridge and the interfaces before it declare: whether an IOException. */
  private final Map<String, Boolean> declared = new TreeMap<>();

  /** Writes the jar. */
  FaultyJar(Path original, Path faulty) throws IOException {
    try (JarFile jar = new JarFile(original.toFile())) {
      Map<String, byte[]> entries = entries(jar);
      entries.forEach(
          (name, bytes) -> {
            if (isDeclaring(name)) {
              new ClassReader(bytes).accept(new Declared(), ClassReader.SKIP_CODE);
            }
          });
      try (JarOutputStream out =
          new JarOutputStream(Files.newOutputStream(faulty), jar.getManifest())) {
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
          if (!entry.getKey().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getKey()));
            write(entry.getKey(), entry.getValue(), out);
            out.closeEntry();
          }
        }
      }
    }
  }

  /** Whether a class file says of the calls that may fail what can be thrown. */
  private static boolean isDeclaring(String file) {
    String name = simpleName(file.replaceFirst("\\.class(data)?$", ""));
    return file.contains("/sun/nio/ch/He") || (file.contains(OURS) && SEAMS.contains(name));
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /**
   * All entries with their bytes; those of the agent's own jar in the jar as if they were in the
   * jar itself, where its class loader looks first.
   */
  private static Map<String, byte[]> entries(JarFile jar) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    for (JarEntry entry : java.util.Collections.list(jar.entries())) {
      try (InputStream in = jar.getInputStream(entry)) {
        all.put(entry.getName(), in.readAllBytes());
      }
    }
    byte[] rest = all.get(INSIDE + "rest.jar");
    if (rest != null) {
      try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(rest))) {
        for (JarEntry entry; (entry = in.getNextJarEntry()) != null; ) {
          all.put(INSIDE + entry.getName() + "data", in.readAllBytes());
        }
      }
    }
    return all;
  }

  private void write(String name, byte[] original, OutputStream out) throws IOException {
    byte[] bytes = original;
    if (name.contains(OURS) && name.matches(".*\\.class(data)?")) {
      ClassReader reader = new ClassReader(bytes);
      // Straight code without branches needs no frames.
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new Weaving(writer, reader.getClassName()), 0);
      bytes = writer.toByteArray();
    }
    out.write(bytes);
  }

  /** One line for each point, for {@link Faults}. */
  String points() {
    return points.entrySet().stream()
        .map(point -> point.getKey() + (point.getValue() ? " io" : ""))
        .collect(Collectors.joining("\n"));
  }

  void write(Path file) throws IOException {
    Files.write(file, points().getBytes(UTF_8));
  }

  /** The steps named here that the agent does not have (any more). */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    STEPS.forEach((type, methods) -> methods.forEach(method -> missing.add(type + '.' + method)));
    missing.removeAll(stepsFound);
    return missing;
  }

  /** What methods declare. */
  private final class Declared extends ClassVisitor {
    private String owner;

    Declared() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String[] types) {
      owner = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      declared.put(owner + '.' + name + descriptor, isIo(exceptions));
      return null;
    }
  }

  private static boolean isIo(String[] exceptions) {
    return exceptions != null && List.of(exceptions).contains("java/io/IOException");
  }

  private final class Weaving extends ClassVisitor {
    private final String type;
    private final boolean inRoom;

    Weaving(ClassVisitor next, String type) {
      super(Opcodes.ASM9, next);
      this.type = simpleName(type);
      this.inRoom = ROOMS.stream().anyMatch(type::startsWith);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean step = STEPS.getOrDefault(type, Set.of()).contains(name);
      if (step) {
        stepsFound.add(type + '.' + name);
      }
      // Not in constructors, whose object does not exist before the first call, nor at the start.
      boolean asks = inRoom && !name.startsWith("<") && !name.equals("install");
      return new MethodVisitor(Opcodes.ASM9, next) {
        @Override
        public void visitCode() {
          super.visitCode();
          if (step) {
            point(type + '.' + name, isIo(exceptions), this.mv);
          }
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String types, boolean isInterface) {
          if (asks && !called.startsWith("<") && isPoint(owner, called)) {
            String of = simpleName(owner);
            String in = name.startsWith("lambda$") ? name.replaceAll("\\d+$", "") : name;
            point(type + '.' + in + " > " + of + '.' + called, mayBeIo(owner, called, types), mv);
          }
          super.visitMethodInsn(opcode, owner, called, types, isInterface);
        }
      };
    }
  }

  private static boolean isPoint(String owner, String called) {
    String name = owner + '.' + called;
    String seam = simpleName(owner);
    return SEAMS.contains(seam)
        ? !CANNOT.contains(seam + '.' + called)
        : !CANNOT.contains(name) && CALLED.stream().anyMatch(name::startsWith);
  }

  private boolean mayBeIo(String owner, String called, String types) {
    Boolean io = declared.get(owner + '.' + called + types);
    if (io != null) {
      return io;
    } else if (owner.startsWith("sun/nio/ch/He") || owner.startsWith("java/nio/channels/He")) {
      return false;
    } else if (owner.startsWith("io/heagent/")) {
      return false;
    }
    try {
      ClassLoader loader = FaultyJar.class.getClassLoader();
      MethodType type = MethodType.fromMethodDescriptorString(types, loader);
      Class<?> declaring = Class.forName(owner.replace('/', '.'), false, loader);
      Method method = declaring.getMethod(called, type.parameterArray());
      return List.of(method.getExceptionTypes()).contains(IOException.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(owner + '.' + called + types, e);
    }
  }

  private void point(String name, boolean io, MethodVisitor code) {
    points.merge(name, io && !OUTCOMES.contains(name), Boolean::logicalOr);
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        "java/lang/System",
        "getProperties",
        "()Ljava/util/Properties;",
        false);
    code.visitLdcInsn(Faults.KEY);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        "java/util/Properties",
        "get",
        "(Ljava/lang/Object;)Ljava/lang/Object;",
        false);
    code.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/Consumer");
    code.visitLdcInsn(name);
    code.visitMethodInsn(
        Opcodes.INVOKEINTERFACE,
        "java/util/function/Consumer",
        "accept",
        "(Ljava/lang/Object;)V",
        true);
  }
}
