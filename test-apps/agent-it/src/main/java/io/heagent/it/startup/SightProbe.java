package io.heagent.it.startup;

/** Arguments: class names. Tells for each whether a program can find it, as class or resource. */
public final class SightProbe {
  private SightProbe() {}

  public static void main(String[] args) {
    for (String name : args) {
      System.out.println(name + " " + (isFound(name) ? "found" : "hidden"));
    }
  }

  private static boolean isFound(String name) {
    String file = name.replace('.', '/') + ".class";
    ClassLoader system = ClassLoader.getSystemClassLoader();
    return isLoaded(name, system)
        || isLoaded(name, system.getParent())
        || isLoaded(name, null)
        || ClassLoader.getSystemResource(file) != null
        || SightProbe.class.getResource("/" + file) != null
        || Object.class.getResource("/" + file) != null;
  }

  private static boolean isLoaded(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader) != null;
    } catch (ClassNotFoundException expected) {
      return false;
    }
  }
}
