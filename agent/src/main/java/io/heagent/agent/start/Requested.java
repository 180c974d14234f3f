package io.heagent.agent.start;

import io.heagent.agent.control.Answer;
import io.heagent.agent.control.Request;
import io.heagent.agent.jdk.Installation;
import io.heagent.agent.log.StackTraceCleaner;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.function.Function;

/**
 * Carries out what somebody asks of this JVM by the command line of this jar. The agent that is in
 * the JVM may be of another jar, and another version: it is passed lines, and answers by lines.
 */
final class Requested {

  private Requested() {}

  /**
   * Carries out a request, and writes the answer where the request says.
   *
   * @param path the file of the request
   */
  static void run(String path, Instrumentation instrumentation) throws IOException {
    Request request = Request.read(path);
    Answer answer;
    try {
      answer = answer(request, instrumentation);
    } catch (Exception | Error failed) {
      // Somebody waits for an answer.
      answer = Answer.failed(StackTraceCleaner.cleaned(failed).toString());
    }
    request.write(answer);
  }

  private static Answer answer(Request request, Instrumentation instrumentation) throws Exception {
    Function<String, String> agent = Installation.commands(instrumentation);
    if (!request.command().equals(Request.ATTACH)) {
      return agent == null ? Answer.NO_AGENT : Answer.parse(agent.apply(request.lines()));
    } else if (agent != null) {
      String there = Answer.parse(agent.apply(Request.VERSION)).text();
      return Answer.refused(there + " is in this JVM already; set changes its settings");
    } else if (JdkTool.isThisJvm()) {
      return Answer.refused("this JVM runs a tool of the JDK; connects are not raced");
    }
    Start.start("agentmain", String.join(",", request.arguments()), instrumentation);
    agent = Installation.commands(instrumentation);
    return agent == null
        ? Answer.refused("not attached; the program's stderr or heagent.enabled says why")
        : Answer.parse(agent.apply(Request.STATUS));
  }
}
