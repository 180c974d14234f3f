package io.heagent.it.failover;

import io.heagent.it.lab.Facts;
import io.heagent.testkit.HttpOrigin;
import io.heagent.testkit.TalkServer;
import io.heagent.testkit.net.BlackHole;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.DefaultNameResolver;
import io.netty.resolver.RoundRobinInetAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.util.Timeout;
import redis.clients.jedis.Jedis;

/**
 * Programs that were seen to be misjudged, each over names of its own. Argument: the port. Tells of
 * each how many of its connects came to an end, and how many of these had to wait for a timeout.
 */
public final class ShapesProbe {
  public static final int THREADS = 16;

  /** Ten times what anything needs that works. */
  public static final int TIMEOUT_MILLIS = 3_000;

  private static final int ROUNDS = 3;

  private final int port;

  private ShapesProbe(int port) {
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    ShapesProbe probe = new ShapesProbe(Integer.parseInt(args[0]));
    probe.pool("sockets", probe::socket);
    probe.pool("jedis", probe::jedis);
    probe.pool("netty", probe.netty());
    probe.besideOkHttp();
    probe.healthChecker();
    probe.healthCheckerOfTwoDead();
    probe.retry();
    probe.apacheAsync();
    probe.refusedThenSilent("blocking", probe::blocking);
    probe.refusedThenSilent("channel", probe::channel);
    probe.refusedThenSilent("asynchronous", probe::async);
    // Clients keep threads of their own.
    System.exit(0);
  }

  private interface Connect {
    /** The connect of one thread in one round. */
    void connect(int turn) throws Exception;
  }

  /** Connects at once on all threads, in rounds. */
  private void pool(String name, Connect connect) throws Exception {
    Facts facts = new Facts(name);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Boolean>> tasks = new ArrayList<>();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      tasks.add(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              start.await();
              long begun = System.nanoTime();
              try {
                connect.connect(thread + round);
                synchronized (millis) {
                  millis.add((System.nanoTime() - begun) / 1_000_000L);
                }
              } catch (Exception e) {
                facts.put("failure", e);
              }
            }
            return true;
          });
    }
    threads.invokeAll(tasks);
    threads.shutdown();
    facts.put("connected", millis.size());
    facts.put("late", millis.stream().filter(time -> time >= TIMEOUT_MILLIS).count()).print();
  }

  private InetSocketAddress address(String host, int turn) throws IOException {
    InetAddress[] all = InetAddress.getAllByName(host);
    return new InetSocketAddress(all[turn % all.length], port);
  }

  private void socket(int turn) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address("sockets.shape.test", turn), TIMEOUT_MILLIS);
    }
  }

  private void jedis(int turn) {
    try (Jedis jedis = new Jedis("jedis.shape.test", port, TIMEOUT_MILLIS)) {
      jedis.connect();
    }
  }

  private Connect netty() {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(new MultiThreadIoEventLoopGroup(4, NioIoHandler.newFactory()))
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
            .resolver(new RoundRobin())
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {}
                });
    return turn -> bootstrap.connect("netty.shape.test", port).sync().channel().close().sync();
  }

  private static final class RoundRobin extends AddressResolverGroup<InetSocketAddress> {
    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
      return new RoundRobinInetAddressResolver(executor, new DefaultNameResolver(executor))
          .asAddressResolver();
    }
  }

  /**
   * Both get the first address, which is dead. OkHttp's race begins before the other's connect, and
   * goes on to its second address while that is pending.
   */
  private void besideOkHttp() throws Exception {
    String url = "http://beside.shape.test:" + port + "/";
    // Has the classes loaded: the other is to be quicker than OkHttp's 250 ms.
    get(URI.create("http://warm.shape.test:" + port + "/").toURL());
    CountDownLatch first = new CountDownLatch(1);
    Thread beside = Thread.currentThread();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectStart(Call call, InetSocketAddress to, Proxy proxy) {
                    if (first.getCount() > 0) {
                      first.countDown();
                    } else {
                      awaitConnecting(beside);
                    }
                  }
                })
            .build();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Integer> raced =
        thread.submit(
            () -> {
              Request request = new Request.Builder().url(url).build();
              try (Response response = client.newCall(request).execute()) {
                return response.code();
              }
            });
    Facts facts = new Facts("beside okhttp");
    first.await();
    try {
      facts.put("code", get(URI.create(url).toURL()));
    } catch (IOException e) {
      facts.put("failure", e);
    }
    facts.put("okhttp", raced.get()).print();
    thread.shutdown();
  }

  private static int get(URL url) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    return connection.getResponseCode();
  }

  /** Until a thread waits within the JDK's connect, or for as long as that may take. */
  private static void awaitConnecting(Thread thread) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (System.nanoTime() < end) {
      for (StackTraceElement frame : thread.getStackTrace()) {
        if (frame.getClassName().equals("sun.nio.ch.Net")) {
          return;
        }
      }
      Thread.onSpinWait();
    }
  }

  /** A connect to each address in turn, on one thread. */
  private void healthChecker() {
    Facts facts = new Facts("health checker");
    for (int i = 0; i < 4; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(address("checker.shape.test", i), TIMEOUT_MILLIS);
        facts.put("check " + i, "connected");
      } catch (IOException e) {
        facts.put("check " + i, e);
      }
    }
    facts.print();
  }

  /** Both are dead; the second comes back before it is its turn, which is at once. */
  private void healthCheckerOfTwoDead() throws Exception {
    InetSocketAddress[] both = {address("returns.shape.test", 0), address("returns.shape.test", 1)};
    BlackHole first = BlackHole.on(both[0].getAddress().getHostAddress(), port);
    BlackHole second = BlackHole.on(both[1].getAddress().getHostAddress(), port);
    Facts facts = new Facts("health checker of two dead");
    check(both[0], "check 0", facts);
    second.close();
    TalkServer back = TalkServer.plain(both[1].getAddress().getHostAddress(), port);
    check(both[1], "check 1", facts);
    facts.print();
    back.close();
    first.close();
  }

  private static void check(InetSocketAddress address, String name, Facts facts) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      facts.put(name, "connected");
    } catch (IOException e) {
      facts.put(name, e.getClass().getSimpleName());
    }
  }

  /** Both are dead; the second comes back in the pause. */
  private void retry() throws Exception {
    InetSocketAddress[] both = {address("retry.shape.test", 0), address("retry.shape.test", 1)};
    BlackHole first = BlackHole.on(both[0].getAddress().getHostAddress(), port);
    BlackHole second = BlackHole.on(both[1].getAddress().getHostAddress(), port);
    Facts facts = new Facts("retry");
    try (Socket socket = new Socket()) {
      socket.connect(both[0], TIMEOUT_MILLIS);
      facts.put("first", "connected");
    } catch (IOException e) {
      facts.put("first", e.getClass().getSimpleName());
    }
    second.close();
    TalkServer back = TalkServer.plain(both[1].getAddress().getHostAddress(), port);
    Thread.sleep(500);
    try (Socket socket = new Socket()) {
      socket.connect(both[1], TIMEOUT_MILLIS);
      facts.put("second", "connected");
    } catch (IOException e) {
      facts.put("second", e);
    }
    facts.print();
    back.close();
    first.close();
  }

  /** Walks over channels; its next connect precedes the close of the last channel. */
  private void apacheAsync() throws Exception {
    InetSocketAddress[] both = {address("async.shape.test", 0), address("async.shape.test", 1)};
    BlackHole first = BlackHole.on(both[0].getAddress().getHostAddress(), port);
    BlackHole second = BlackHole.on(both[1].getAddress().getHostAddress(), port);
    Timeout timeout = Timeout.of(TIMEOUT_MILLIS / 2, TimeUnit.MILLISECONDS);
    var connections =
        PoolingAsyncClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(timeout).build())
            .build();
    Facts facts = new Facts("apache async");
    try (CloseableHttpAsyncClient client =
        HttpAsyncClients.custom()
            .disableAutomaticRetries()
            .setConnectionManager(connections)
            .build()) {
      client.start();
      long sockets = sockets();
      facts.put("first", get(client));
      // It says so before it closes the last channel.
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS / 3);
      while (sockets() > sockets && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      second.close();
      HttpOrigin back = HttpOrigin.http(both[1].getAddress().getHostAddress(), port);
      long begun = System.nanoTime();
      facts.put("second", get(client));
      long millis = (System.nanoTime() - begun) / 1_000_000L;
      facts.put("late", millis >= TIMEOUT_MILLIS / 2).print();
      back.close();
    }
    first.close();
  }

  /** How many this process has. */
  private static long sockets() throws IOException {
    long sockets = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        sockets += isSocket(one) ? 1 : 0;
      }
    }
    return sockets;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private String get(CloseableHttpAsyncClient client) throws InterruptedException {
    SimpleHttpRequest request =
        SimpleHttpRequest.create(Method.GET.name(), "http://async.shape.test:" + port + "/");
    try {
      return String.valueOf(client.execute(request, null).get().getCode());
    } catch (ExecutionException e) {
      return e.getCause().getClass().getSimpleName();
    }
  }

  private interface Endless {
    void connect(InetSocketAddress to) throws Exception;
  }

  private void refusedThenSilent(String name, Endless way) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    InetSocketAddress refused = address(name + ".shape.test", 0);
    Future<Object> connect =
        thread.submit(
            () -> {
              way.connect(refused);
              return null;
            });
    Facts facts = new Facts("refused then silent, " + name);
    try {
      connect.get(20, TimeUnit.SECONDS);
      facts.put("end", "connected");
    } catch (TimeoutException e) {
      facts.put("end", "none in 20 s");
    } catch (ExecutionException e) {
      facts.put("end", e.getCause().getClass().getName()).put("message", e.getCause().getMessage());
    }
    facts.print();
  }

  private void blocking(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to);
    }
  }

  private void channel(InetSocketAddress to) throws IOException {
    try (Selector selector = Selector.open();
        SocketChannel channel = SocketChannel.open()) {
      channel.configureBlocking(false);
      channel.connect(to);
      channel.register(selector, SelectionKey.OP_CONNECT);
      selector.select();
      channel.finishConnect();
    }
  }

  private void async(InetSocketAddress to) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(to).get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }
}
