package io.heagent.agent.netty.channel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When it is known for which events a descriptor is registered. */
class RegistrationTest {

  private static final int EPOLL = 5;
  private static final int EVENTS = 4;

  private final AtomicInteger untold = new AtomicInteger();

  /** Nothing is called of Netty's while it is not known. */
  private final Registration registration = new Registration(7, null, untold);

  private void isRefused() {
    assertFalse(registration.isKnown());
    assertThrows(Registration.NotRegisteredException.class, registration::pollAgain);
    FileDescriptor fd = new FileDescriptor();
    assertThrows(Registration.NotRegisteredException.class, () -> registration.replace(fd, fd));
  }

  @Test
  void nothingIsKnownBeforeItIsTold() {
    isRefused();
    registration.told(EPOLL, EVENTS);
    assertTrue(registration.isKnown());
  }

  /** The events known by then would take away those that Netty has registered since. */
  @Test
  void nothingIsKnownOnceACallHasGoneByUntold() {
    registration.told(EPOLL, EVENTS);
    untold.incrementAndGet();
    isRefused();
    registration.hush();
    registration.told(EPOLL, EVENTS);
    assertTrue(registration.isKnown());
  }
}
