package sun.nio.ch;

import java.io.FileDescriptor;
import java.io.IOException;

/** A nestmate of {@link Net}, so that it can call the private methods of that class. */
final class HeNativeNet extends HeNative {

  HeNativeNet() {}

  @Override
  int getOption(FileDescriptor fd, int level, int name) throws IOException {
    return Net.getIntOption0(fd, false, level, name);
  }

  @Override
  void setOption(FileDescriptor fd, int level, int name, int value) throws IOException {
    Net.setIntOption0(fd, false, level, name, value, false);
  }
}
