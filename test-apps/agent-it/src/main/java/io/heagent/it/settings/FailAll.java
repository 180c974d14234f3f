package io.heagent.it.settings;

import io.heagent.it.startup.DialAll;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutionException;

/**
 * Arguments: host, port. Connects in each way that the JDK has and tells class and message of what
 * is thrown; a second line has the same of what is suppressed.
 */
public final class FailAll {

  private FailAll() {}

  public static void main(String[] args) {
    InetSocketAddress to = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
    for (DialAll.Way way : DialAll.Way.values()) {
      // Dial itself tells no message.
      Throwable failure = way == DialAll.Way.SOCKET ? socket(to) : failure(way, to);
      System.out.println(way + " " + text(failure));
      StringBuilder suppressed = new StringBuilder(way + " suppressed");
      for (Throwable each : failure.getSuppressed()) {
        suppressed.append(' ').append(text(each)).append(',');
      }
      System.out.println(suppressed);
    }
  }

  private static Throwable socket(InetSocketAddress to) {
    try (Socket socket = new Socket()) {
      socket.connect(to);
      return new AssertionError("connected");
    } catch (IOException failure) {
      return failure;
    }
  }

  private static Throwable failure(DialAll.Way way, InetSocketAddress to) {
    try {
      return new AssertionError(way.dial(to));
    } catch (ExecutionException wrapped) {
      return wrapped.getCause();
    } catch (Exception failure) {
      return failure;
    }
  }

  private static String text(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
