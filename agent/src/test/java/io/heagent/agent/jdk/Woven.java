package io.heagent.agent.jdk;

import io.heagent.agent.jdk.weaving.Hook;
import io.heagent.agent.jdk.weaving.JdkClassFiles;
import io.heagent.agent.jdk.weaving.Weaver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every class of this JDK that is woven, with all its hooks. */
final class Woven {

  final Map<String, List<Hook>> hooks = new LinkedHashMap<>();
  final Map<String, byte[]> classes = new LinkedHashMap<>();

  Woven() {
    JdkClassFiles files = new JdkClassFiles();
    Weaver weaver = new Weaver(files);
    for (Hook hook : Hook.ALL) {
      if (hook.isFor(files)) {
        hooks.computeIfAbsent(hook.owner(), owner -> new ArrayList<>()).add(hook);
      }
    }
    hooks.forEach((owner, own) -> classes.put(owner, weaver.weave(owner, own)));
  }

  /** Writes woven classes and bridge: a folder by module, for {@code --patch-module}. */
  void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
      String module = JdkClassFiles.module(entry.getKey()).getName();
      Path file = folder.resolve(module).resolve(entry.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    for (Path file : BridgeLinks.files()) {
      Files.copy(file, folder.resolve("java.base/sun/nio/ch").resolve(file.getFileName()));
    }
  }
}
