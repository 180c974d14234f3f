package io.heagent.it.netty.copies;

import io.heagent.it.netty.NettyProbe;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs {@link NettyProbe} with a Netty that a class loader of its own has, which the application's
 * does not see, as in a container. Arguments: the directory of Netty's jars, the probe's arguments.
 */
public final class NettyLoaders {
  private NettyLoaders() {}

  public static void main(String[] args) throws Exception {
    List<URL> urls = new ArrayList<>();
    try (Stream<Path> jars = Files.list(Path.of(args[0]))) {
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
    }
    for (String classes : System.getProperty("java.class.path").split(":", -1)) {
      urls.add(Path.of(classes).toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    String[] arguments = Stream.of(args).skip(1).toArray(String[]::new);
    loader
        .loadClass(NettyProbe.class.getName())
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
