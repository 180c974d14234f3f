package io.heagent.agent.jdk.entrance;

import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/**
 * The way into package {@code sun.nio.ch} at a start. {@code Instrumentation.redefineModule} could
 * open the package, but its lambdas, which the JVM makes at run time, cost every start
 * milliseconds, also that of a program that never connects. So a small class of the package, {@link
 * #NEIGHBOUR}, passes on its own {@code Lookup} when it is initialised (see {@link
 * EntranceWeaver}). With that the bridge is defined. Then the bridge's class {@link #OF_BRIDGE}
 * passes on an object that takes what the agent has for the bridge, while the agent cannot access
 * the package.
 *
 * <p>Both classes look for the receiver in the uncaught-exception handler of the thread that
 * initialises them. It is this object, and only while {@link #initialize} runs, so no other thread
 * can receive anything. A class is initialised once, so nobody can use the way again.
 *
 * <p>The thread that starts the agent writes the fields. Other threads read them only after they
 * have found the agent in the bridge's volatile fields, which are written later.
 */
public final class Entrance implements UncaughtExceptionHandler, Consumer<Object> {

  /** A class of the package that every JDK has and that no start needs; with slashes. */
  public static final String NEIGHBOUR = "sun/nio/ch/IOStatus";

  /** The class of the bridge that passes on an object; without its package. */
  public static final String OF_BRIDGE = "HeEntrance";

  /** Null until the neighbour has been initialised. */
  private MethodHandles.Lookup lookup;

  /** Null until the bridge's class has been initialised. */
  private Consumer<Object> bridge;

  private Entrance() {}

  /**
   * Finds the way into the package.
   *
   * @param patches weaves the neighbour; registered while the neighbour is loaded
   * @return null if there is none, because the neighbour has been loaded before, or is not as the
   *     patches expect it
   */
  public static Entrance find(Instrumentation instrumentation, ClassFileTransformer patches) {
    Entrance made = new Entrance();
    instrumentation.addTransformer(patches, false);
    try {
      made.initialize(NEIGHBOUR.replace('/', '.'));
    } catch (ClassNotFoundException | LinkageError | SecurityException closed) {
      return null;
    } finally {
      instrumentation.removeTransformer(patches);
    }
    return made.lookup == null ? null : made;
  }

  /** Defines classes in the package. */
  public MethodHandles.Lookup lookup() {
    return lookup;
  }

  /**
   * Makes {@link #tell} possible, once {@link #OF_BRIDGE} has been defined.
   *
   * @return whether it is
   */
  public boolean open() throws ClassNotFoundException {
    initialize(lookup.lookupClass().getPackageName().concat(".").concat(OF_BRIDGE));
    return bridge != null;
  }

  /**
   * Passes something to the bridge: a module, to which the bridge exports its package; a {@code
   * Runnable}, which the first connect runs; or a {@code Function}, which answers commands.
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

  /** Called by the initialisers. */
  @Override
  @SuppressWarnings("unchecked")
  public void accept(Object given) {
    if (given instanceof MethodHandles.Lookup passed) {
      lookup = passed;
    } else {
      bridge = (Consumer<Object>) given;
    }
  }

  /** Not called, because the thread does not end while this is its handler. */
  @Override
  public void uncaughtException(Thread thread, Throwable thrown) {
    thread.getThreadGroup().uncaughtException(thread, thrown);
  }
}
