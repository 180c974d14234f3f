package io.heagent.it.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The agent as operators deploy it: an init container puts the jar on a shared volume, and the
 * service, which nobody changes, gets it by {@code JAVA_TOOL_OPTIONS}; or an image brings both
 * along. The service runs with a read-only root file system, as an ordinary user, with 256 MB.
 */
@Tag("containers")
@Tag("one-jdk")
@Order(1)
@Testcontainers(disabledWithoutDocker = true)
@ExtendWith(OthersRunMeanwhile.class)
@ResourceLock("Docker engine")
class DeploymentIT {
  private static final long MEMORY = 256L << 20;
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Path DOCUMENT = Path.of("../../docs/how-it-works.md");

  private static final String[] SERVICE =
      DualStack.java(List.of(), "RepeatedConnects", "service", "8080", "5", "2000", "0");

  private final DualStack net = new DualStack(13);
  private final DockerClient docker = DockerClientFactory.lazyClient();
  private final String volume = docker.createVolumeCmd().exec().getName();

  @AfterEach
  void close() {
    net.close();
    docker.removeVolumeCmd(volume).exec();
  }

  @BeforeEach
  void serve() throws IOException, InterruptedException {
    DualStack.silence(net.servers("service", "dead", "good").get("dead"), "inet");
  }

  @Test
  void initContainerSharedVolumeAndToolOptions() throws IOException, InterruptedException {
    run(
        net.container("cp", "/init/he-agent.jar", "/shared/he-agent.jar")
            .withCopyToContainer(
                MountableFile.forHostPath(DualStack.agentJar()), "/init/he-agent.jar")
            .withCreateContainerCmdModifier(
                create ->
                    create.getHostConfig().withBinds(new Bind(volume, new Volume("/shared")))));

    GenericContainer<?> service =
        net.container(SERVICE)
            .withEnv("JAVA_TOOL_OPTIONS", "-javaagent:/shared/he-agent.jar=log=info")
            .withCreateContainerCmdModifier(
                create ->
                    create
                        .getHostConfig()
                        .withBinds(new Bind(volume, new Volume("/shared"), AccessMode.ro)));
    assertRaced("", service);
  }

  /**
   * The lines of a Dockerfile that the document prints, on an image whose JDK the jar does not
   * know: it is stripped, so its classes have other bytes.
   */
  @Test
  void imageThatIsBuiltAsTheDocumentSays() throws IOException, InterruptedException {
    Matcher printed =
        Pattern.compile("(?ms)^```dockerfile\n(.+?)^```$").matcher(Files.readString(DOCUMENT));
    assertTrue(printed.find(), "the document has no Dockerfile");
    String image =
        new ImageFromDockerfile()
            .withFileFromPath("he-agent.jar", DualStack.agentJar())
            .withFileFromString("Dockerfile", "FROM " + TestImage.name() + "\n" + printed.group(1))
            .get();
    GenericContainer<?> service =
        net.container(DockerImageName.parse(image), SERVICE).withEnv("HEAGENT_LOG", "info");
    assertRaced(", woven ahead, ", service);
  }

  /** Runs the service, and has a look at its connects and at the one line of the agent's. */
  private static void assertRaced(String part, GenericContainer<?> service) {
    run(
        service.withCreateContainerCmdModifier(
            create -> {
              create.withUser("1000:1000");
              create.getHostConfig().withReadonlyRootfs(true).withMemory(MEMORY);
            }));
    Outcomes seen = Outcomes.of(service.getLogs(OutputType.STDOUT).lines().toList());
    assertEquals(5, seen.size(), service.getLogs());
    assertEquals(0, seen.failures(), service.getLogs());
    List<String> errors =
        service.getLogs(OutputType.STDERR).lines().filter(line -> !line.isBlank()).toList();
    assertTrue(errors.get(0).startsWith("Picked up JAVA_TOOL_OPTIONS: "), errors.toString());
    assertTrue(
        errors.get(1).matches("\\[he-agent\\] \\S+ \\(premain, [0-9]+ ms\\): racing all hosts, .*"),
        errors.toString());
    assertTrue(errors.get(1).contains(part), errors.toString());
    assertEquals(2, errors.size(), errors.toString());
  }

  private static void run(GenericContainer<?> container) {
    container
        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(LIMIT))
        .start();
  }
}
