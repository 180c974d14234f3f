package io.heagent.it.containers;

import java.lang.reflect.Method;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets the tests of one more class run while those of the extended class do: these wait for their
 * containers and take hardly any processor time. JUnit's pool starts a thread in place of each that
 * says that it blocks, up to {@code max-pool-size} in {@code junit-platform.properties}.
 */
final class OthersRunMeanwhile implements InvocationInterceptor {

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    block(invocation);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    block(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    block(invocation);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    block(invocation);
  }

  private static void block(Invocation<Void> invocation) throws Throwable {
    Blocking blocking = new Blocking(invocation);
    ForkJoinPool.managedBlock(blocking);
    if (blocking.thrown != null) {
      throw blocking.thrown;
    }
  }

  /** One invocation, as the pool sees it. Used by the thread that invokes only. */
  private static final class Blocking implements ForkJoinPool.ManagedBlocker {
    private final Invocation<Void> invocation;
    private Throwable thrown;

    private Blocking(Invocation<Void> invocation) {
      this.invocation = invocation;
    }

    @Override
    public boolean block() {
      try {
        invocation.proceed();
      } catch (Throwable e) {
        thrown = e;
      }
      return true;
    }

    @Override
    public boolean isReleasable() {
      // What blocks is over once block has returned.
      return false;
    }
  }
}
