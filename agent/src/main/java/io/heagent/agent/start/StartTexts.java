package io.heagent.agent.start;

import io.heagent.agent.config.Layers;
import io.heagent.agent.config.Settings;
import io.heagent.agent.config.SettingsReader;
import io.heagent.agent.log.Log;

/**
 * The part of a start that reads settings and logs lines. It is a class of its own, because most
 * starts have neither.
 */
final class StartTexts {

  private StartTexts() {}

  /** Reads the settings, and logs what is wrong with them. */
  static Layers read(String arguments) {
    Layers read = new SettingsReader(System.getProperties(), System.getenv()).layers(arguments);
    Log.setLevel(read.settings().log());
    Log.setFile(read.settings().logFile());
    for (String warning : read.warnings()) {
      Log.warn(warning);
    }
    return read;
  }

  static void disabled() {
    Log.debug("enabled=false; connects are not raced");
  }

  static void tool() {
    Log.debug("this JVM runs a tool of the JDK; connects are not raced");
  }

  static void installedAlready(String arguments) {
    Log.warn("is installed in this JVM already; these arguments are ignored: " + arguments);
  }

  static boolean isRedial(Settings settings) {
    return settings.adoption() == Settings.Adoption.REDIAL;
  }

  static void noDup(Settings settings) {
    if (settings.adoption() == Settings.Adoption.DUP) {
      Log.warn("adoption=dup is not possible in this JVM; adoption=redial applies");
    }
  }

  static void banner(String how, Settings settings, boolean redial, boolean ahead, long begin) {
    if (Log.isInfo()) {
      long millis = (System.nanoTime() - begin) / 1_000_000L;
      Log.info(Banner.text(how, settings, redial, ahead, millis));
    }
  }
}
