package io.heagent.it.agents;

import io.heagent.it.startup.DialAll;
import java.util.Properties;
import java.util.stream.Collectors;

/** Connects in every way, then tells what {@link RetransformingAgent} has noted of it. */
public final class NotesProbe {
  private NotesProbe() {}

  public static void main(String[] args) throws InterruptedException {
    DialAll.main(args);
    Properties properties = System.getProperties();
    System.out.println(
        properties.stringPropertyNames().stream()
            .filter(name -> name.startsWith(RetransformingAgent.NOTE))
            .sorted()
            .collect(Collectors.joining(" ", "noted ", "")));
  }
}
