package io.heagent.agent.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heagent.agent.connect.fake.Ip;
import io.heagent.agent.log.Log;
import io.heagent.agent.log.Stderr;
import io.heagent.agent.observe.jfr.FlightRecording;
import io.heagent.agent.observe.jmx.BeanRegistration;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log, the flight recorder, JMX and the document have the same word for each reason. */
@Tag("socket")
class ReasonWordsTest {
  private static final Path DOCUMENT = Path.of("../docs/monitoring.md");

  private Observer observer;

  private static final class None implements Statistics.Present, Controls {
    @Override
    public int deadAddresses() {
      return 0;
    }

    @Override
    public ObservedHosts observed() {
      ObservedHosts hosts = new ObservedHosts();
      hosts.ended("host.example", 443, true, 30_000_000L, 10_000_000L);
      hosts.ended("host.example", 443, false, 40_000_000L, 10_000_000L);
      return hosts;
    }

    @Override
    public List<String> brokenAddresses() {
      return List.of();
    }

    @Override
    public List<String> set(List<String> items) {
      return items;
    }

    @Override
    public String mode() {
      return "race";
    }

    @Override
    public void forgetHistory() {}
  }

  @Test
  void oneWordForEachReason(@TempDir Path directory) throws Exception {
    observer = new Observer(() -> observer.recordTo(new FlightRecording()));
    observer.makeRecording();
    List<String> words = new ArrayList<>();
    List<String> logged = new ArrayList<>();
    Path file = directory.resolve("reasons.jfr");
    InetSocketAddress target =
        new InetSocketAddress(
            InetAddress.getByAddress("host.example", Ip.of("192.0.2.1").getAddress()), 443);
    try (Recording recording = new Recording();
        Stderr stderr = new Stderr()) {
      recording.start();
      Log.setLevel(Log.Level.DEBUG);
      for (Reason reason : Reason.values()) {
        words.add(reason.text());
        logged.add("[he-agent] host.example:443 is left alone (" + reason.text() + ")");
        observer.leftAlone(reason, target);
      }
      recording.stop();
      recording.dump(file);
      assertEquals(logged, stderr.lines());
    }
    assertEquals(
        words,
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("heagent.LeftAlone"))
            .map(event -> event.getString("reason"))
            .toList());
    assertEquals(
        words,
        Files.readAllLines(DOCUMENT).stream()
            .dropWhile(line -> !line.startsWith("| word |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("| `"))
            .map(line -> line.split("`", -1)[1])
            .toList());
    assertEquals(new TreeSet<>(words), ofJmx());
    observer.end();
    List<String> left =
        FlightRecorder.getFlightRecorder().getEventTypes().stream()
            .map(EventType::getName)
            .filter(name -> name.startsWith("heagent."))
            .toList();
    assertEquals(List.of(), left);
  }

  private Set<String> ofJmx() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.heagent:type=Agent");
    BeanRegistration bean = new BeanRegistration(new Statistics(observer, new None()), new None());
    bean.run();
    try {
      assertEquals(2L, server.getAttribute(name, "ObservedConnects"));
      assertEquals(1L, server.getAttribute(name, "ObservedSlow"));
      assertEquals(1L, server.getAttribute(name, "ObservedFailed"));
      assertEquals(70L, server.getAttribute(name, "ObservedWaitedMillis"));
      assertEquals(50L, server.getAttribute(name, "ObservedSavableMillis"));
      String[] hosts = (String[]) server.getAttribute(name, "ObservedHosts");
      assertEquals(1, hosts.length);
      Set<String> words = new TreeSet<>();
      for (Object row : ((TabularData) server.getAttribute(name, "LeftAlone")).values()) {
        CompositeData data = (CompositeData) row;
        assertEquals(1L, data.get("value"), data.get("key")::toString);
        words.add((String) data.get("key"));
      }
      return words;
    } finally {
      bean.end();
      assertEquals(false, server.isRegistered(name));
    }
  }
}
