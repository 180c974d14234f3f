package io.heagent.agent.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Which channel a number is, and what becomes of one whose hook has failed. */
class RacersTest {

  private final Racers<Channel> racers = new Racers<>();

  /** What the next channel throws when it is over; null for nothing. */
  private Error trouble;

  /** Whether the first channel counts as lost while the second one is searched for. */
  private boolean lostMeanwhile;

  private final Channel first = new Channel(7);
  private final Channel second = new Channel(8);

  private final class Channel implements Racers.Racer {
    private final Object channel = new Object();
    private final Object socket = new Object();
    private final Integer number;
    private final long order = racers.nextOrder();
    private boolean over;

    Channel(int number) {
      this.number = number;
    }

    @Override
    public Integer number() {
      return number;
    }

    @Override
    public Object channel() {
      return channel;
    }

    @Override
    public Object socket() {
      return socket;
    }

    @Override
    public long order() {
      return order;
    }

    @Override
    public void over() {
      lostMeanwhile = racers.isLost(first);
      if (trouble != null) {
        throw trouble;
      }
      over = true;
    }
  }

  private void race() {
    racers.add(first);
    racers.add(second);
  }

  @Test
  void aNumberIsAChannelsUntilItIsRemoved() {
    race();
    assertSame(first, racers.withNumber(7));
    assertSame(second, racers.withSocket(second.socket, 8));
    assertNull(racers.withSocket(new Object(), 8));
    assertSame(second, racers.ofChannel(second.channel));
    racers.remove(first);
    racers.remove(second);
    assertNull(racers.withNumber(7));
    assertNull(racers.ofChannel(second.channel));
    assertFalse(racers.haveNumbers());
    assertTrue(racers.isEmpty());
  }

  /** Its number may be another channel's by the time it is removed. */
  @Test
  void aNumberOfAnotherChannelStays() {
    Channel next = new Channel(7);
    racers.add(first);
    racers.add(next);
    racers.remove(first);
    assertSame(next, racers.withNumber(7));
  }

  @Test
  void aChannelWhoseHookFailsIsOver() {
    race();
    assertSame(second, racers.lose(second.socket));
    assertTrue(second.over);
    assertTrue(lostMeanwhile);
    assertFalse(racers.isLost(first));
    assertNull(racers.lose(new Object()));
  }

  /** One of them is closed, and its number may be any descriptor of the program's by now. */
  @Test
  void ifThatFailsTooNoneOfThoseIsTouchedAnyMore() {
    race();
    trouble = new StackOverflowError();
    assertSame(trouble, assertThrows(Error.class, () -> racers.lose(second.socket)));
    assertTrue(racers.isLost(first));
    assertTrue(racers.isLost(second));
    trouble = null;
    assertSame(first, racers.lose(first.socket));
    assertTrue(racers.isLost(second));
  }

  /** The next connect has its race. */
  @Test
  void laterChannelsAreNotLost() {
    race();
    trouble = new OutOfMemoryError();
    assertThrows(Error.class, () -> racers.lose(first.socket));
    Channel next = new Channel(9);
    racers.add(next);
    assertFalse(racers.isLost(next));
    assertEquals(3, next.order());
  }
}
