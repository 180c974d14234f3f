package io.heagent.nettyclients;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads classes without using them, as a client does that looks which transports there are: once as
 * the application's, and once in a class loader that has its own.
 */
public final class LoadedTwice {
  private LoadedTwice() {}

  /**
   * Prints each name, and whether that made two classes.
   *
   * @param args names of classes
   */
  public static void main(String[] args) throws ClassNotFoundException, IOException {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      classPath.add(url(entry));
    }
    ClassLoader own = LoadedTwice.class.getClassLoader();
    try (URLClassLoader other =
        new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      for (String name : args) {
        boolean two = Class.forName(name, false, own) != Class.forName(name, false, other);
        System.out.println(name + " " + two);
      }
    }
  }

  private static URL url(String path) throws MalformedURLException {
    return Path.of(path).toUri().toURL();
  }
}
