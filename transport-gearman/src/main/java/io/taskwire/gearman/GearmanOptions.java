/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.taskwire.Backoff;
import io.taskwire.InvalidOptionException;
import io.taskwire.Serializer;
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
 * What a Gearman client, worker or admin client is opened with. Immutable.
 *
 * <p>Servers and options come from a URI, {@code gearman://h1:4730,h2?heartbeat=5s} or {@code gearmans://h1?ca=/etc/ca.pem}
 * over TLS (with {@code key}, {@code cert}, {@code ca} and {@code verify}), or from the builder; of a value that is set twice the last counts. Keys in the query have the names of the
 * options' accessors, and those of {@link #retryPolicy} are {@code retry}, {@code retryAttempts}, {@code retryBackoff} and
 * {@code retryMax}; an unknown one, or a value out of range, is an {@link InvalidOptionException}.
 */
public final class GearmanOptions {

  /** The port of a server whose address has none. */
  public static final int DEFAULT_PORT = 4730;

  private final ClientSettings settings;
  private final @Nullable Serializer serializer;
  private final List<GearmanListener> listeners;

  private GearmanOptions(Builder builder) {
    this.settings = builder.settings.build();
    this.serializer = builder.serializer;
    this.listeners = List.copyOf(builder.listeners);
  }

  /**
   * Options as a URI has them.
   *
   * @param uri such as {@code gearman://localhost:4730}
   * @return the options
   * @throws InvalidOptionException if it cannot be read; the message says why
   */
  public static GearmanOptions of(String uri) {
    return builder().uri(uri).build();
  }

  /**
   * Starts with the defaults, and the server {@code localhost:4730} unless another is named.
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
    copy.serializer = serializer;
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
   * @return true for {@code gearmans} and where TLS options were given
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
   * Says how connecting is repeated.
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
   * Says how often a server is asked for an answer.
   *
   * @return by default every 10 s
   */
  public Duration heartbeat() {
    return settings.get(OptionKeys.HEARTBEAT);
  }

  /**
   * Limits how long a request waits for a connected server and for the answer, both together.
   *
   * @return by default 30 s
   */
  public Duration requestTimeout() {
    return settings.get(OptionKeys.REQUEST_TIMEOUT);
  }

  /**
   * Limits how long a client waits for the end of a job, from the moment the server has it.
   *
   * @return by default 1 h; zero is no limit
   */
  public Duration resultTimeout() {
    return settings.get(OptionKeys.RESULT_TIMEOUT);
  }

  /**
   * Limits how many submits are written and unanswered at once.
   *
   * @return by default 4,096
   */
  public int maxInFlight() {
    return settings.get(CoreOptions.MAX_IN_FLIGHT);
  }

  /**
   * Limits how many submits wait behind those.
   *
   * @return by default 65,536
   */
  public int maxPending() {
    return settings.get(CoreOptions.MAX_PENDING);
  }

  /**
   * Limits how many foreground jobs are waited for at once.
   *
   * @return by default 1,000,000
   */
  public int maxAwaiting() {
    return settings.get(CoreOptions.MAX_AWAITING);
  }

  /**
   * Limits the length of one payload, sent or received.
   *
   * @return in bytes, by default 64 MiB
   */
  public int maxPayload() {
    return settings.get(CoreOptions.MAX_PAYLOAD);
  }

  /**
   * Limits what is kept of a job's data, and of its warnings, for a reader that is slow or not there yet.
   *
   * @return in bytes, by default 64 KiB
   */
  public int streamBuffer() {
    return settings.get(OptionKeys.STREAM_BUFFER);
  }

  /**
   * Gives what is put in front of each function's name, as libgearman's namespace.
   *
   * @return empty by default
   */
  public String namespace() {
    return settings.get(OptionKeys.NAMESPACE);
  }

  /**
   * Gives the name that the server's list of workers shows.
   *
   * @return empty for none
   */
  public String clientId() {
    return settings.get(OptionKeys.CLIENT_ID);
  }

  /**
   * Says which of several servers a job is given to.
   *
   * @return by default one after the other
   */
  public ServerSelection selection() {
    return settings.get(OptionKeys.SELECTION);
  }

  /**
   * Gives what turns objects into payloads.
   *
   * @return null if none was set: only bytes and text can be sent then
   */
  public @Nullable Serializer serializer() {
    return serializer;
  }

  /**
   * Gives the listeners.
   *
   * @return in the order of adding
   */
  public List<GearmanListener> listeners() {
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
    private final List<GearmanListener> listeners = new ArrayList<>();
    private @Nullable Serializer serializer;

    private Builder(ClientSettings.Builder settings) {
      this.settings = settings;
    }

    /**
     * Takes servers and options from a URI; its servers replace those named before.
     *
     * @param uri such as {@code gearman://h1:4730,h2?retry=1s} or {@code gearmans://h1}
     * @return this
     */
    public Builder uri(String uri) {
      settings.uri(uri);
      return this;
    }

    /**
     * Adds a server on Gearman's port, 4730.
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
     * Sets the wait after a failed attempt to connect. After a loss the first attempt is made at once, and the waits grow up
     * to this.
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
     * Sets how often a server is asked for an answer; one that is silent for three times as long is given up.
     *
     * @param interval 10 ms to 1 h, by default 10 s
     * @return this
     */
    public Builder heartbeat(Duration interval) {
      return put(OptionKeys.HEARTBEAT, interval);
    }

    /**
     * Limits how long a request waits for a connected server and for the answer, both together.
     *
     * @param limit 1 ms to 1 day, by default 30 s
     * @return this
     */
    public Builder requestTimeout(Duration limit) {
      return put(OptionKeys.REQUEST_TIMEOUT, limit);
    }

    /**
     * Limits how long a client waits for the end of a job, from the moment the server has it.
     *
     * @param limit 1 ms to 365 days, by default 1 h; zero for no limit
     * @return this
     */
    public Builder resultTimeout(Duration limit) {
      return put(OptionKeys.RESULT_TIMEOUT, limit);
    }

    /**
     * Limits how many submits are written and unanswered at once; further ones wait in order.
     *
     * @param jobs 1 to 1,000,000, by default 4,096
     * @return this
     */
    public Builder maxInFlight(int jobs) {
      return put(CoreOptions.MAX_IN_FLIGHT, jobs);
    }

    /**
     * Limits how many submits wait for their turn; further ones are refused.
     *
     * @param jobs 0 to 100,000,000, by default 65,536
     * @return this
     */
    public Builder maxPending(int jobs) {
      return put(CoreOptions.MAX_PENDING, jobs);
    }

    /**
     * Limits how many foreground jobs are waited for at once; further ones are refused.
     *
     * @param jobs 1 to 100,000,000, by default 1,000,000
     * @return this
     */
    public Builder maxAwaiting(int jobs) {
      return put(CoreOptions.MAX_AWAITING, jobs);
    }

    /**
     * Limits the length of one payload. A longer one is not sent; of a longer one that comes, no memory is taken.
     *
     * @param bytes 1 KiB to 1 GiB, by default 64 MiB
     * @return this
     */
    public Builder maxPayload(int bytes) {
      return put(CoreOptions.MAX_PAYLOAD, bytes);
    }

    /**
     * Limits what is kept of a job's data, and of its warnings, for a reader that is slow or not there yet.
     *
     * @param bytes 1 to 1 GiB, by default 64 KiB
     * @return this
     */
    public Builder streamBuffer(int bytes) {
      return put(OptionKeys.STREAM_BUFFER, bytes);
    }

    /**
     * Sets what is put in front of each function's name, by clients and workers alike.
     *
     * @param prefix any text without NUL; by default none
     * @return this
     */
    public Builder namespace(String prefix) {
      return put(OptionKeys.NAMESPACE, prefix);
    }

    /**
     * Sets the name that the server's list of workers shows.
     *
     * @param id printable ASCII without blanks; by default none is sent
     * @return this
     */
    public Builder clientId(String id) {
      return put(OptionKeys.CLIENT_ID, id);
    }

    /**
     * Says which of several servers a job is given to.
     *
     * @param selection by default one after the other
     * @return this
     */
    public Builder selection(ServerSelection selection) {
      return put(OptionKeys.SELECTION, selection);
    }

    /**
     * Sets what turns objects into payloads and back.
     *
     * @param codec called from several threads at once
     * @return this
     */
    public Builder serializer(Serializer codec) {
      serializer = Objects.requireNonNull(codec, "codec");
      return this;
    }

    /**
     * Adds a listener to those there are.
     *
     * @param listener hears of connects and disconnects
     * @return this
     */
    public Builder listener(GearmanListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Fixes what was set. The builder may be used further.
     *
     * @return the options
     */
    public GearmanOptions build() {
      return new GearmanOptions(this);
    }

    private <T> Builder put(Option<T> option, T value) {
      settings.put(option, value);
      return this;
    }
  }
}
