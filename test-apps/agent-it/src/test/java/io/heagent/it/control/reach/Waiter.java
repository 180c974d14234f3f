package io.heagent.it.control.reach;

import java.io.IOException;

/** Says that it has begun, and ends with its input. It needs no other class. */
public final class Waiter {
  private Waiter() {}

  public static void main(String[] args) throws IOException {
    System.out.println("ready");
    while (System.in.read() >= 0) {
      System.out.println("goes on");
    }
  }
}
