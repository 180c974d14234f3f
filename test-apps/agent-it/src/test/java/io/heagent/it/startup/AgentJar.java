package io.heagent.it.startup;

import io.heagent.testkit.jvm.TempDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar that is nothing but a manifest which names an agent of the class path. */
public final class AgentJar implements Closeable {
  private final TempDirectory directory;

  private AgentJar(TempDirectory directory) {
    this.directory = directory;
  }

  public static AgentJar of(Class<?> agent) throws IOException {
    AgentJar jar = new AgentJar(TempDirectory.create("agent"));
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", agent.getName());
    attributes.putValue("Can-Retransform-Classes", "true");
    try (var out = new JarOutputStream(Files.newOutputStream(jar.path()), manifest)) {
      out.finish();
    } catch (IOException | RuntimeException e) {
      jar.close();
      throw e;
    }
    return jar;
  }

  public Path path() {
    return directory.path().resolve("agent.jar");
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
