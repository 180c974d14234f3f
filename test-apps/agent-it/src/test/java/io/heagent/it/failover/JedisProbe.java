package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Arguments: port, timeout in ms, hosts. Jedis walks the addresses of each in an order of its own.
 */
public final class JedisProbe {
  private JedisProbe() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    int timeout = Integer.parseInt(args[1]);
    for (int i = 2; i < args.length; i++) {
      connect(args[i], port, timeout);
    }
  }

  private static void connect(String host, int port, int timeout) {
    Facts facts = new Facts(host);
    try (Jedis jedis = new Jedis(host, port, timeout)) {
      jedis.connect();
      facts.put("outcome", "connected");
    } catch (JedisConnectionException e) {
      facts.put("outcome", e.getClass().getSimpleName());
    }
    facts.print();
  }
}
