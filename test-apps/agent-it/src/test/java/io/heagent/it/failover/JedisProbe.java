package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Arguments: host, port, timeout in ms. Jedis walks the addresses in an order of its own. */
public final class JedisProbe {
  private JedisProbe() {}

  public static void main(String[] args) {
    Facts facts = new Facts("jedis");
    int timeout = Integer.parseInt(args[2]);
    try (Jedis jedis = new Jedis(args[0], Integer.parseInt(args[1]), timeout)) {
      jedis.connect();
      facts.put("outcome", "connected");
    } catch (JedisConnectionException e) {
      facts.put("outcome", e.getClass().getSimpleName());
    }
    facts.print();
  }
}
