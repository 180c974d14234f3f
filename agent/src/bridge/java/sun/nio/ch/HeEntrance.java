package sun.nio.ch;

import java.util.function.Consumer;
import java.util.function.Function;
import jdk.internal.misc.Unsafe;

/**
 * Takes what the agent has for the bridge while the agent cannot access this package. At a start
 * the package is not exported to the agent, because that costs milliseconds; it is exported when
 * the agent has something to do. {@code Entrance} says how the agent gets the one object of this
 * class.
 */
final class HeEntrance implements Consumer<Object> {

  static {
    give(Thread.currentThread().getUncaughtExceptionHandler());
  }

  private HeEntrance() {}

  @SuppressWarnings("unchecked")
  private static void give(Object handler) {
    if (handler instanceof Consumer) {
      ((Consumer<Object>) handler).accept(new HeEntrance());
    }
  }

  /**
   * Takes one thing: a class file, which is defined; a module, to which this package is exported;
   * what the first connect runs; or what answers commands.
   */
  @Override
  @SuppressWarnings("unchecked")
  public void accept(Object given) {
    if (given instanceof byte[]) {
      byte[] classFile = (byte[]) given;
      Unsafe.getUnsafe().defineClass(null, classFile, 0, classFile.length, null, null);
    } else if (given instanceof Module) {
      HeEntrance.class.getModule().addExports(HeEntrance.class.getPackageName(), (Module) given);
    } else if (given instanceof Runnable) {
      HeHook.startWith((Runnable) given);
    } else {
      HeHook.answerWith((Function<String, String>) given);
    }
  }
}
