package io.heagent.agent.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * Tells one state of a file from another, without reading it: by its inode, time and size. Symbolic
 * links are followed, so a link that is swapped, as for a mounted ConfigMap, gives another stamp.
 *
 * @param key the file's identity in its file system; null if the system has none
 * @param modified when it was written last, in nanoseconds since 1970
 * @param size in bytes
 */
record FileStamp(Object key, long modified, long size) {

  /** There is no such file, or it cannot be looked at. */
  static final FileStamp GONE = new FileStamp(null, 0, -1);

  /** The present stamp of a file. */
  static FileStamp of(String path) {
    try {
      BasicFileAttributes now = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
      return new FileStamp(
          now.fileKey(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS), now.size());
    } catch (IOException | RuntimeException notToBeSeen) {
      return GONE;
    }
  }

  /** How long ago the file was written last, in milliseconds; negative if the clocks differ. */
  long age(long nowMillis) {
    return nowMillis - TimeUnit.NANOSECONDS.toMillis(modified);
  }
}
