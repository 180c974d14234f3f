package io.heagent.agent.connect.admission;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.file.FileWatch;
import io.heagent.agent.config.file.SettingsFile;
import io.heagent.agent.log.Faults;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What connects obey that begin now; a connect under way keeps the rule that it began with. Any
 * thread.
 */
public final class SettingsInForce implements Supplier<Settings> {

  /** Written by {@link #obey}. */
  private volatile Settings settings;

  /** Notices that the file with the settings has changed; null if there is no such file. */
  private final FileWatch watch;

  /**
   * Those of the start.
   *
   * @param atStart what they are made of; null if nothing was set
   * @param whenChanged is told what stands in the file with settings after it has changed
   */
  public SettingsInForce(Layers atStart, Consumer<SettingsFile> whenChanged) {
    this.settings = atStart == null ? Settings.defaults() : atStart.settings();
    this.watch =
        atStart == null || atStart.file() == null
            ? null
            : new FileWatch(atStart.file(), whenChanged, Faults.OF_THREADS);
  }

  /** Looks once a second whether the file with settings has changed. */
  @Override
  public Settings get() {
    FileWatch file = watch;
    if (file != null) {
      file.look();
    }
    return settings;
  }

  /** The same without a look at the file. */
  public Settings known() {
    return settings;
  }

  /** Has connects obey other settings from now on. Calls are in order: one thread at a time. */
  public void obey(Settings next) {
    settings = next;
  }
}
