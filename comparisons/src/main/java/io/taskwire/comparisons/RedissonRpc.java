/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.comparisons;

import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RFuture;
import org.redisson.api.RRemoteService;
import org.redisson.api.RedissonClient;
import org.redisson.api.RemoteInvocationOptions;
import org.redisson.api.annotation.RRemoteAsync;
import org.redisson.config.Config;

/**
 * Redisson's remote service: {@code worker|client redis://HOST:PORT CONCURRENCY}. Without its acknowledgement before the
 * result, which costs a round trip more.
 */
public final class RedissonRpc {

  private static final int THREADS = 16;

  private RedissonRpc() {}

  /** What the worker does. */
  public interface Echo {

    byte[] echo(byte[] payload);
  }

  /** The same for the caller. */
  @RRemoteAsync(Echo.class)
  public interface EchoAsync {

    RFuture<byte[]> echo(byte[] payload);
  }

  public static void main(String[] args) throws Exception {
    Config config = new Config();
    config.useSingleServer().setAddress(args[1]);
    RedissonClient redisson = Redisson.create(config);
    RRemoteService service = redisson.getRemoteService("echo");
    int concurrency = Integer.parseInt(args[2]);
    if (args[0].equals("worker")) {
      service.register(
          Echo.class, payload -> payload, concurrency, Executors.newFixedThreadPool(THREADS));
      Window.ready();
    } else {
      EchoAsync echo = service.get(
          EchoAsync.class,
          RemoteInvocationOptions.defaults().noAck().expectResultWithin(60, TimeUnit.SECONDS));
      Window.serve(echo::echo, concurrency);
    }
    redisson.shutdown();
  }
}
