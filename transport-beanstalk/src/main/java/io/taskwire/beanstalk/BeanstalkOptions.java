/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.Backoff;
import io.taskwire.InvalidOptionException;
import io.taskwire.TlsVerification;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.spi.ClientSettings;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.RetryPolicy;
import io.taskwire.spi.TlsFiles;
import io.vertx.core.net.ClientSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client, producer, consumer or admin of beanstalkd is opened with. Immutable.
 *
 * <p>Servers and options come from a URI, {@code beanstalk://h1:11300,h2?requestTimeout=5s}, or {@code
 * beanstalks://h1?ca=/etc/ca.pem} over TLS (with {@code key}, {@code cert}, {@code ca} and {@code verify}), or from the builder;
 * of a value that is set twice the last counts. beanstalkd itself has no TLS: a proxy in front of it has. Keys in the query have
 * the names of the options' accessors, and those of {@link #retryPolicy} are {@code retry}, {@code retryAttempts}, {@code
 * retryBackoff} and {@code retryMax}; an unknown one, or a value out of range, is an {@link InvalidOptionException}.
 */
public final class BeanstalkOptions {

  /** The port of a server whose address has none. */
  public static final int DEFAULT_PORT = 11_300;

  private final ClientSettings settings;
  private final List<BeanstalkListener> listeners;

  private BeanstalkOptions(Builder builder) {
    this.settings = builder.settings.build();
    this.listeners = List.copyOf(builder.listeners);
  }

  /**
   * Options as a URI has them.
   *
   * @param uri such as {@code beanstalk://localhost:11300}
   * @return the options
   * @throws InvalidOptionException if it cannot be read; the message says why
   */
  public static BeanstalkOptions of(String uri) {
    return builder().uri(uri).build();
  }

  /**
   * Starts with the defaults, and the server {@code localhost:11300} unless another is named.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder(ClientSettings.builder(OptionKeys.KIND));
  }

  /**
   * Starts with what is set here.
   *
   * @return a builder, independent of these options
   */
  public Builder toBuilder() {
    Builder copy = new Builder(settings.toBuilder());
    copy.listeners.addAll(listeners);
    return copy;
  }

  /**
   * Gives the servers.
   *
   * @return at least one, in the order named, each with a port
   */
  public List<HostPort> hosts() {
    return settings.hosts();
  }

  /**
   * Tells whether connections are made with TLS.
   *
   * @return true for {@code beanstalks} and where TLS options were given
   */
  public boolean isTls() {
    return settings.isTls();
  }

  /**
   * Gives the TLS options that were set as an object.
   *
   * @return a copy of them, null if none were; they count in place of {@link #tlsFiles}
   */
  public @Nullable ClientSSLOptions sslOptions() {
    return settings.sslOptions();
  }

  /**
   * Gives the files that TLS connections are made with. They are read when a client is created.
   *
   * @return by default the JVM's authorities, and no certificate of one's own
   */
  public TlsFiles tlsFiles() {
    return settings.tlsFiles();
  }

  /**
   * Says how producers and consumers repeat connecting. A client connects once, and an admin when it needs to.
   *
   * @return the policy
   */
  public RetryPolicy retryPolicy() {
    return RetryPolicy.of(settings);
  }

  /**
   * Limits one attempt to connect, handshake included.
   *
   * @return by default 10 s
   */
  public Duration connectTimeout() {
    return settings.get(CoreOptions.CONNECT_TIMEOUT);
  }

  /**
   * Limits how long a request of a producer waits for a connected server, and how long a server may be silent while it owes an
   * answer: then it is taken for dead and the connection is closed. A reserve that waits has its own timeout on top.
   *
   * @return by default 30 s
   */
  public Duration requestTimeout() {
    return settings.get(OptionKeys.REQUEST_TIMEOUT);
  }

  /**
   * Limits how many puts of a producer are written and unanswered at once.
   *
   * @return by default 4,096
   */
  public int maxInFlight() {
    return settings.get(CoreOptions.MAX_IN_FLIGHT);
  }

  /**
   * Limits how many puts of a producer wait behind those.
   *
   * @return by default 65,536
   */
  public int maxPending() {
    return settings.get(CoreOptions.MAX_PENDING);
  }

  /**
   * Limits the length of one body that is handed on. A larger one is skipped, and no memory is taken for it. How large a body
   * the server takes is its own limit, 65,535 bytes unless it was started with another.
   *
   * @return in bytes, by default 64 MiB
   */
  public int maxPayload() {
    return settings.get(CoreOptions.MAX_PAYLOAD);
  }

  /**
   * Limits how many commands of one connection are unanswered at once.
   *
   * @return by default 65,536
   */
  public int maxPipelined() {
    return settings.get(OptionKeys.MAX_PIPELINED);
  }

  /**
   * Says how many further connections a client opens to wait for jobs.
   *
   * @return by default none: while a reserve waits, other commands fail
   */
  public int waitingConnections() {
    return settings.get(OptionKeys.WAITING_CONNECTIONS);
  }

  /**
   * Gives the listeners of producers and consumers.
   *
   * @return in the order of adding
   */
  public List<BeanstalkListener> listeners() {
    return listeners;
  }

  /** Shows the servers and what was set; no secret. */
  @Override
  public String toString() {
    return settings.toString();
  }

  /**
   * Collects options. Each method checks its value and throws an {@link InvalidOptionException} that says what is allowed.
   * Not safe for several threads at once.
   */
  public static final class Builder {

    private final ClientSettings.Builder settings;
    private final List<BeanstalkListener> listeners = new ArrayList<>();

    private Builder(ClientSettings.Builder settings) {
      this.settings = settings;
    }

    /**
     * Takes servers and options from a URI; its servers replace those named before.
     *
     * @param uri such as {@code beanstalk://h1:11300,h2?retry=1s} or {@code beanstalks://h1}
     * @return this
     */
    public Builder uri(String uri) {
      settings.uri(uri);
      return this;
    }

    /**
     * Adds a server on beanstalkd's port, 11300.
     *
     * @param host a name or an address
     * @return this
     */
    public Builder server(String host) {
      return server(host, DEFAULT_PORT);
    }

    /**
     * Adds a server.
     *
     * @param host a name or an address
     * @param port 1 to 65,535
     * @return this
     */
    public Builder server(String host, int port) {
      settings.host(host, port);
      return this;
    }

    /**
     * Connects with TLS.
     *
     * @return this
     */
    public Builder tls() {
      settings.tls();
      return this;
    }

    /**
     * Connects with TLS, as the options say, for what files cannot: key stores, versions, cipher suites.
     *
     * @param options copied; they count in place of {@link #ca}, {@link #clientCertificate} and {@link #verify}. Host names
     *     are verified unless the algorithm is set to the empty text
     * @return this
     */
    public Builder tls(ClientSSLOptions options) {
      settings.tls(options);
      return this;
    }

    /**
     * Connects with TLS to servers whose certificates these authorities have signed.
     *
     * @param file a PEM file; by default the authorities that the JVM trusts
     * @return this
     */
    public Builder ca(Path file) {
      return tls().put(CoreOptions.CA, file.toString());
    }

    /**
     * Connects with TLS and shows a certificate to servers that ask for one.
     *
     * @param key the private key, a PEM file, not encrypted
     * @param cert the certificate, with those of the authorities between, a PEM file
     * @return this
     */
    public Builder clientCertificate(Path key, Path cert) {
      return tls().put(CoreOptions.KEY, key.toString()).put(CoreOptions.CERT, cert.toString());
    }

    /**
     * Connects with TLS and says how far servers' certificates are checked.
     *
     * @param verification by default all: authority and host name
     * @return this
     */
    public Builder verify(TlsVerification verification) {
      return tls().put(CoreOptions.VERIFY, verification);
    }

    /**
     * Sets a producer's or consumer's wait after a failed attempt to connect. After a loss the first attempt is made at once,
     * and the waits grow up to this.
     *
     * @param wait 1 ms to 1 day, by default 5 s
     * @return this
     */
    public Builder retry(Duration wait) {
      return put(CoreOptions.RETRY, wait);
    }

    /**
     * Lets the first failed attempt to connect to a server be the last, until the server was connected once.
     *
     * @return this
     */
    public Builder noRetry() {
      return put(CoreOptions.RETRY, Duration.ZERO);
    }

    /**
     * Limits how often connecting is tried.
     *
     * @param attempts 0, the default, for ever
     * @return this
     */
    public Builder retryAttempts(int attempts) {
      return put(CoreOptions.RETRY_ATTEMPTS, attempts);
    }

    /**
     * Lets the waits between attempts to connect grow.
     *
     * @param backoff by default fixed
     * @param longest the longest wait, by default 1 min
     * @return this
     */
    public Builder retryBackoff(Backoff backoff, Duration longest) {
      return put(CoreOptions.RETRY_BACKOFF, backoff).put(CoreOptions.RETRY_MAX, longest);
    }

    /**
     * Limits one attempt to connect, handshake included.
     *
     * @param limit 10 ms to 10 min, by default 10 s
     * @return this
     */
    public Builder connectTimeout(Duration limit) {
      return put(CoreOptions.CONNECT_TIMEOUT, limit);
    }

    /**
     * Limits how long a producer's request waits for a server, and how long a server may be silent while it owes an answer.
     *
     * @param limit 1 ms to 1 day, by default 30 s
     * @return this
     */
    public Builder requestTimeout(Duration limit) {
      return put(OptionKeys.REQUEST_TIMEOUT, limit);
    }

    /**
     * Limits how many puts of a producer are written and unanswered at once; further ones wait in order.
     *
     * @param puts 1 to 1,000,000, by default 4,096
     * @return this
     */
    public Builder maxInFlight(int puts) {
      return put(CoreOptions.MAX_IN_FLIGHT, puts);
    }

    /**
     * Limits how many puts of a producer wait for their turn; further ones are refused.
     *
     * @param puts 0 to 100,000,000, by default 65,536
     * @return this
     */
    public Builder maxPending(int puts) {
      return put(CoreOptions.MAX_PENDING, puts);
    }

    /**
     * Limits the length of one body that is handed on.
     *
     * @param bytes 1 KiB to 1 GiB, by default 64 MiB
     * @return this
     */
    public Builder maxPayload(int bytes) {
      return put(CoreOptions.MAX_PAYLOAD, bytes);
    }

    /**
     * Limits how many commands of one connection are unanswered at once; one more fails with a {@link BeanstalkBusyException}.
     *
     * @param commands 1 to 100,000,000, by default 65,536
     * @return this
     */
    public Builder maxPipelined(int commands) {
      return put(OptionKeys.MAX_PIPELINED, commands);
    }

    /**
     * Lets a client open further connections that wait for jobs, so that its other commands go on meanwhile.
     *
     * @param connections 0 to 256; as many as jobs are waited for and held at once. By default none
     * @return this
     */
    public Builder waitingConnections(int connections) {
      return put(OptionKeys.WAITING_CONNECTIONS, connections);
    }

    /**
     * Adds a listener to those there are.
     *
     * @param listener hears of connects and disconnects of a producer or consumer
     * @return this
     */
    public Builder listener(BeanstalkListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Fixes what was set. The builder may be used further.
     *
     * @return the options
     */
    public BeanstalkOptions build() {
      return new BeanstalkOptions(this);
    }

    private <T> Builder put(Option<T> option, T value) {
      settings.put(option, value);
      return this;
    }
  }
}
