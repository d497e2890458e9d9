/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import io.vertx.core.net.ClientSSLOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a client library is opened with, behind the options type of its broker: hosts, TLS, and the values of the options
 * that its {@link ClientKind} has. It comes from a URI, or from a builder, or from both: of a value that is set twice the
 * last counts. Immutable.
 */
public final class ClientSettings implements Settings {

  private final ClientKind kind;
  private final List<HostPort> hosts;
  private final Map<Option<?>, Object> values;
  private final boolean tls;
  private final TlsFiles tlsFiles;
  private final @Nullable ClientSSLOptions sslOptions;
  private final @Nullable BrokerUri uri;

  private ClientSettings(Builder builder) {
    kind = builder.kind;
    hosts = builder.hosts.isEmpty()
        ? List.of(new HostPort("localhost", kind.defaultPort()))
        : List.copyOf(builder.hosts);
    values = Map.copyOf(builder.values);
    tls = builder.tls;
    sslOptions = builder.sslOptions;
    uri = builder.uri;
    tlsFiles = TlsFiles.of(this);
  }

  /**
   * Starts with the defaults, and the host {@code localhost} unless another is named.
   *
   * @param kind what is fixed for the broker; it must have the four options of TLS
   * @return a builder
   */
  public static Builder builder(ClientKind kind) {
    return new Builder(kind);
  }

  /**
   * Starts with what is set here.
   *
   * @return a builder, independent of these settings
   */
  public Builder toBuilder() {
    Builder copy = new Builder(kind);
    copy.hosts.addAll(hosts);
    copy.values.putAll(values);
    copy.tls = tls;
    copy.sslOptions = sslOptions;
    copy.uri = uri;
    return copy;
  }

  /**
   * Gives the hosts.
   *
   * @return at least one, in the order named, each with a port
   */
  public List<HostPort> hosts() {
    return hosts;
  }

  /**
   * Gives the URI that was read, for its user and its path.
   *
   * @return the last one, null if there was none
   */
  public @Nullable BrokerUri uri() {
    return uri;
  }

  /**
   * Tells whether connections are made with TLS.
   *
   * @return true for the scheme with TLS and where TLS options were set
   */
  public boolean isTls() {
    return tls;
  }

  /**
   * Gives the TLS options that were set as an object.
   *
   * @return a copy of them, null if none were; they count in place of {@link #tlsFiles}
   */
  public @Nullable ClientSSLOptions sslOptions() {
    return sslOptions == null ? null : sslOptions.copy();
  }

  /**
   * Gives the files that TLS connections are made with.
   *
   * @return by default the JVM's authorities, and no certificate of one's own
   */
  public TlsFiles tlsFiles() {
    return tlsFiles;
  }

  /**
   * Gives the value of an option.
   *
   * @param option one of the kind's
   * @param <T> its type
   * @return the value set, or the default
   * @throws IllegalArgumentException if it is none of the kind's options
   */
  @Override
  public <T> T get(Option<T> option) {
    Object value = values.get(option);
    if (value != null) {
      return option.cast(value);
    }
    kind.requireKnown(option);
    return option.defaultValue();
  }

  @Override
  public boolean isSet(Option<?> option) {
    kind.requireKnown(option);
    return values.containsKey(option);
  }

  /** Shows hosts and what was set as a URI; no secret. */
  @Override
  public String toString() {
    return kind.write(tls, hosts, values);
  }

  /**
   * Collects settings. Each method checks its value and throws an {@link InvalidOptionException} that says what is allowed.
   * Not safe for several threads at once.
   */
  public static final class Builder {

    private static final int MAX_PORT = 65_535;

    private final ClientKind kind;
    private final List<HostPort> hosts = new ArrayList<>();
    private final Map<Option<?>, Object> values = new LinkedHashMap<>();
    private boolean tls;
    // Never changed: copied when it comes and when it is given.
    private @Nullable ClientSSLOptions sslOptions;
    private @Nullable BrokerUri uri;

    private Builder(ClientKind kind) {
      this.kind = kind;
    }

    /**
     * Takes hosts and options from a URI; its hosts replace those named before, its scheme says whether there is TLS.
     *
     * @param text such as {@code gearman://h1:4730,h2?retry=1s} or {@code gearmans://h1}
     * @return this
     */
    public Builder uri(String text) {
      BrokerUri parsed = kind.address(text);
      uri = parsed;
      tls = kind.isTls(parsed);
      hosts.clear();
      hosts.addAll(parsed.requireHosts(kind.defaultPort()));
      parsed.query().forEach((key, value) -> parse(kind.find(key, parsed), value));
      return this;
    }

    /**
     * Adds a host.
     *
     * @param host a name or an address
     * @param port 1 to 65,535
     * @return this
     */
    public Builder host(String host, int port) {
      if (port < 1 || port > MAX_PORT) {
        throw new InvalidOptionException(
            CoreOptions.URL.key(), "a port is 1 to 65535, not " + port, null);
      }
      hosts.add(new HostPort(Objects.requireNonNull(host, "host"), port));
      return this;
    }

    /**
     * Connects with TLS.
     *
     * @return this
     */
    public Builder tls() {
      tls = true;
      return this;
    }

    /**
     * Connects with TLS, as the options say, for what files cannot: key stores, versions, cipher suites.
     *
     * @param options copied; they count in place of the files
     * @return this
     */
    public Builder tls(ClientSSLOptions options) {
      sslOptions = options.copy();
      return tls();
    }

    /**
     * Sets an option.
     *
     * @param option one of the kind's
     * @param value its value
     * @param <T> its type
     * @return this
     */
    public <T> Builder put(Option<T> option, T value) {
      kind.requireKnown(option);
      Objects.requireNonNull(value, option.key());
      try {
        values.put(option, option.check(value));
      } catch (IllegalArgumentException e) {
        throw refused(option, kind.builder(), option.write(value), e);
      }
      return this;
    }

    private void parse(Option<?> option, String text) {
      try {
        values.put(option, option.parse(text));
      } catch (IllegalArgumentException e) {
        throw refused(option, "URI", text, e);
      }
    }

    private static InvalidOptionException refused(
        Option<?> option, String source, String value, IllegalArgumentException reason) {
      String shown = option.isSecret() ? "a value that is not shown" : "the value '" + value + "'";
      return new InvalidOptionException(
          option.key(),
          "Option '" + option.key() + "' (" + source + ") can't have " + shown + ": "
              + reason.getMessage() + ". Valid: " + option.values() + ".",
          null);
    }

    /**
     * Fixes what was set. The builder may be used further.
     *
     * @return the settings
     */
    public ClientSettings build() {
      return new ClientSettings(this);
    }
  }
}
