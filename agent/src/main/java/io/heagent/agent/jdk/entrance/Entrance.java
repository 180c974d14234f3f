package io.heagent.agent.jdk.entrance;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The way into package {@code sun.nio.ch} at a start. {@code Instrumentation.redefineModule} could
 * open the package, but its lambdas, which the JVM makes at run time, cost every start
 * milliseconds, also that of a program that never connects. So a small class of the package, {@link
 * #NEIGHBOUR}, asks for a class file when it is initialised, and defines it (see {@link
 * EntranceWeaver}). That is the bridge's class {@link #OF_BRIDGE}, which passes on an object that
 * defines the rest of the bridge, and takes what the agent has for it, while the agent cannot
 * access the package.
 *
 * <p>Both classes look for their counterpart in the uncaught-exception handler of the thread that
 * initialises them. It is this object, and only while {@link #initialize} runs, so no other thread
 * can give or receive anything. A class is initialised once, so nobody can use the way again.
 *
 * <p>The thread that starts the agent writes the fields. Other threads read them only after they
 * have found the agent in the bridge's volatile fields, which are written later.
 */
public final class Entrance
    implements UncaughtExceptionHandler, Supplier<Object>, Consumer<Consumer<Object>> {

  /** A class of the package that every JDK has and that no start needs; with slashes. */
  public static final String NEIGHBOUR = "sun/nio/ch/IOStatus";

  /** The class of the bridge that passes on an object; without its package. */
  public static final String OF_BRIDGE = "HeEntrance";

  private final byte[] classFile;

  /** Null until the bridge's class has been initialised. */
  private Consumer<Object> bridge;

  private Entrance(byte[] classFile) {
    this.classFile = classFile;
  }

  /**
   * Finds the way into the package.
   *
   * @param patches weaves the neighbour; registered while the neighbour is loaded
   * @param classFile that of {@link #OF_BRIDGE}
   * @return null if there is none, because the neighbour has been loaded before, or is not as the
   *     patches expect it
   */
  public static Entrance find(
      Instrumentation instrumentation, ClassFileTransformer patches, byte[] classFile) {
    Entrance made = new Entrance(classFile);
    try {
      instrumentation.addTransformer(patches, false);
      try {
        made.initialize(NEIGHBOUR.replace('/', '.'));
      } finally {
        instrumentation.removeTransformer(patches);
      }
      made.initialize("sun.nio.ch.".concat(OF_BRIDGE));
    } catch (ClassNotFoundException | LinkageError | SecurityException closed) {
      return null;
    }
    return made.bridge == null ? null : made;
  }

  /**
   * Passes something to the bridge: a class file, which is defined; a module, to which the bridge
   * exports its package; a {@code Runnable}, which the first connect runs; or a {@code Function},
   * which answers commands.
   */
  public void tell(Object what) {
    bridge.accept(what);
  }

  private void initialize(String name) throws ClassNotFoundException {
    Thread thread = Thread.currentThread();
    UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler(this);
    try {
      Class.forName(name, true, null);
    } finally {
      // For a thread without a handler of its own, the JDK returns the thread's group.
      thread.setUncaughtExceptionHandler(before == thread.getThreadGroup() ? null : before);
    }
  }

  /** Called by the neighbour's initialiser. */
  @Override
  public Object get() {
    return classFile;
  }

  /** Called by the initialiser of the bridge's class. */
  @Override
  public void accept(Consumer<Object> given) {
    bridge = given;
  }

  /** Not called, because the thread does not end while this is its handler. */
  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    thread.getThreadGroup().uncaughtException(thread, thrown);
  }
}
