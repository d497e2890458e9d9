/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import io.taskwire.impl.config.OptionErrors;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Secret;
import io.vertx.core.net.ClientSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What a queue is opened with. Immutable, and never showing a secret in its {@link #toString()}.
 *
 * <p>What is set here wins over the query of the URI, which wins over system properties {@code taskwire.…}, which win over
 * environment variables {@code TASKWIRE_…}, which win over {@code taskwire.properties}; what none of them has is left at
 * its default. So options may be empty: {@code QueueOptions.builder().build()} takes even the broker's URI from outside.
 */
public final class QueueOptions {

  private final Map<String, Secret> values;
  private final @Nullable Serializer serializer;
  private final @Nullable ClientSSLOptions tls;
  private final List<QueueListener> listeners;

  private QueueOptions(Builder builder) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(builder.values));
    this.serializer = builder.serializer;
    this.tls = builder.tls;
    this.listeners = List.copyOf(builder.listeners);
  }

  /**
   * Options that name the broker and nothing else.
   *
   * @param uri such as {@code gearman://localhost:4730?retry=10s}
   * @return the options; the URI is read when the queue is opened
   */
  public static QueueOptions of(String uri) {
    return builder().uri(uri).build();
  }

  /**
   * Starts with nothing set.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts with what is set here.
   *
   * @return a builder, independent of these options
   */
  public Builder toBuilder() {
    Builder copy = new Builder();
    copy.values.putAll(values);
    copy.serializer = serializer;
    copy.tls = tls;
    copy.listeners.addAll(listeners);
    return copy;
  }

  /**
   * Gives what was set, as text.
   *
   * @return key to value in the order of setting, unmodifiable; the URI has the key {@code url}
   */
  public Map<String, Secret> values() {
    return values;
  }

  /**
   * Gives the serializer that was set as an object.
   *
   * @return the object, null if none was, or a name was set after it
   */
  public @Nullable Serializer serializerObject() {
    return serializer;
  }

  /**
   * Gives the options of TLS that were set as an object.
   *
   * @return a copy, null if none were
   */
  public @Nullable ClientSSLOptions tlsObject() {
    return tls == null ? null : tls.copy();
  }

  /**
   * Gives the listeners.
   *
   * @return in the order of adding, unmodifiable
   */
  public List<QueueListener> listeners() {
    return listeners;
  }

  /** Shows what is set; of transport options, any of which may be secret, only the keys. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "QueueOptions{", "}");
    values.forEach((key, value) -> text.add(key + "=" + show(key, value)));
    if (tls != null) {
      text.add("tls=an object");
    }
    if (!listeners.isEmpty()) {
      text.add("listeners=" + listeners.size());
    }
    return text.toString();
  }

  private static String show(String key, Secret value) {
    if (key.equals(CoreOptions.URL.key())) {
      try {
        return BrokerUri.parse(value.reveal()).toString();
      } catch (InvalidOptionException e) {
        return "a URI that can't be read";
      }
    }
    return CoreOptions.find(key) == null ? value.toString() : value.reveal();
  }

  /**
   * Collects options; not safe for use by several threads at once. Each setter checks its value and throws an {@link
   * InvalidOptionException} that says what is allowed. Setting twice keeps the last value.
   */
  public static final class Builder {

    private final Map<String, Secret> values = new LinkedHashMap<>();
    private final List<QueueListener> listeners = new ArrayList<>();
    private @Nullable Serializer serializer;
    private @Nullable ClientSSLOptions tls;

    private Builder() {}

    /**
     * Names the broker. The URI is read when the queue is opened; its query may hold any option but this one.
     *
     * @param uri such as {@code memory:orders} or {@code gearman://h1:4730,h2:4730?retry=10s}; by default {@code
     *     taskwire.url} from outside, and failing that {@code memory:} with a warning in the log
     * @return this
     */
    public Builder uri(String uri) {
      return put(CoreOptions.URL, uri);
    }

    /**
     * Says how long to wait after a failed attempt to connect before the next.
     *
     * @param wait 1 ms to 1 day; by default 5 s. To fail on the first failed attempt call {@link #retryOff()}
     * @return this
     */
    public Builder retry(Duration wait) {
      return putLimited(CoreOptions.RETRY, wait, "retryOff()");
    }

    /**
     * Gives up connecting at the first failed attempt.
     *
     * @return this
     */
    public Builder retryOff() {
      return put(CoreOptions.RETRY, Duration.ZERO);
    }

    /**
     * Limits how often connecting is tried, the first attempt counted.
     *
     * @param attempts 0 to 1,000,000; 0, the default, is for ever
     * @return this
     */
    public Builder retryAttempts(int attempts) {
      return put(CoreOptions.RETRY_ATTEMPTS, attempts);
    }

    /**
     * Says whether the wait between attempts stays the same or doubles, with some randomness, up to {@link #retryMax}.
     *
     * @param backoff how the wait goes on; by default it stays the same
     * @return this
     */
    public Builder retryBackoff(Backoff backoff) {
      return put(CoreOptions.RETRY_BACKOFF, backoff);
    }

    /**
     * Limits the wait between attempts where it grows.
     *
     * @param longest 1 ms to 1 day, not less than {@link #retry(Duration)}; by default 1 minute
     * @return this
     */
    public Builder retryMax(Duration longest) {
      return put(CoreOptions.RETRY_MAX, longest);
    }

    /**
     * Limits one attempt to connect, handshake included.
     *
     * @param limit 10 ms to 10 minutes; by default 10 s
     * @return this
     */
    public Builder connectTimeout(Duration limit) {
      return put(CoreOptions.CONNECT_TIMEOUT, limit);
    }

    /**
     * Limits how long a submit waits for the broker to accept the task. Then it fails: safe to retry if nothing was
     * written, outcome unknown if something was.
     *
     * @param limit 1 ms to 1 day; by default 30 s
     * @return this
     */
    public Builder acceptTimeout(Duration limit) {
      return put(CoreOptions.ACCEPT_TIMEOUT, limit);
    }

    /**
     * Limits how long a result is waited for, counted from acceptance, where the task has no {@link SubmitOptions#timeout}
     * of its own.
     *
     * @param limit 1 ms to 365 days; by default 1 hour
     * @return this
     */
    public Builder resultTimeout(Duration limit) {
      return putLimited(CoreOptions.RESULT_TIMEOUT, limit, "noResultTimeout()");
    }

    /**
     * Waits for results without limit. Leave the limit alone unless callers have limits of their own: a result that never
     * comes is then kept for ever.
     *
     * @return this
     */
    public Builder noResultTimeout() {
      return put(CoreOptions.RESULT_TIMEOUT, Duration.ZERO);
    }

    /**
     * Names this caller across its restarts: tasks with a result are then submitted so that their results wait for it,
     * and {@link TaskQueue#attach} finds them again. Only one live process may have the name at a time. Refused by
     * transports without {@link Feature#DURABLE_RESULTS} when the queue is opened.
     *
     * @param name 1 to 64 letters, digits, dots, hyphens or underscores; by default there is none, and results end with
     *     the process that awaits them
     * @return this
     */
    public Builder clientId(String name) {
      return put(CoreOptions.CLIENT_ID, name);
    }

    /**
     * Says how long a result that nobody has attached to is kept before it is dropped. Counts only with a {@link
     * #clientId}.
     *
     * @param time 1 s to 30 days; by default 1 hour. From when on it counts is the transport's to say
     * @return this
     */
    public Builder resultsKept(Duration time) {
      return put(CoreOptions.RESULTS_KEPT, time);
    }

    /**
     * Limits how many submits may be written and not yet accepted. Further ones wait in order, up to {@link #maxPending}.
     *
     * @param submits 1 to 1,000,000; by default 4,096
     * @return this
     */
    public Builder maxInFlight(int submits) {
      return put(CoreOptions.MAX_IN_FLIGHT, submits);
    }

    /**
     * Limits how many submits may wait for their turn behind {@link #maxInFlight}, or for the broker to be connected.
     * Further ones are rejected.
     *
     * @param submits 0 to 100,000,000; by default 65,536
     * @return this
     */
    public Builder maxPending(int submits) {
      return put(CoreOptions.MAX_PENDING, submits);
    }

    /**
     * Limits how many results may be waited for at once. Beyond it a submit that wants a result is rejected at once.
     *
     * @param results 1 to 100,000,000; by default 1,000,000
     * @return this
     */
    public Builder maxAwaiting(int results) {
      return put(CoreOptions.MAX_AWAITING, results);
    }

    /**
     * Limits the size of bodies, sent and taken. Larger ones fail as too large before memory is taken for them. Brokers
     * have limits of their own besides.
     *
     * @param bytes 1,024 to 1,073,741,824; by default 67,108,864, which is 64 MiB
     * @return this
     */
    public Builder maxPayload(int bytes) {
      return put(CoreOptions.MAX_PAYLOAD, bytes);
    }

    /**
     * Limits how many tasks of one name a blocking handler runs at once, where its {@link HandlerOptions} don't say.
     *
     * @param tasks 1 to 65,536; by default the number of processors
     * @return this
     */
    public Builder concurrency(int tasks) {
      return put(CoreOptions.CONCURRENCY, tasks);
    }

    /**
     * Limits how many tasks of one name an asynchronous handler runs at once, where its {@link HandlerOptions} don't say.
     *
     * @param tasks 1 to 65,536; by default 64
     * @return this
     */
    public Builder asyncConcurrency(int tasks) {
      return put(CoreOptions.ASYNC_CONCURRENCY, tasks);
    }

    /**
     * Limits how long a handler may take for one task; then the task fails. A handler's own {@link HandlerOptions} go
     * first.
     *
     * @param limit 1 ms to 365 days; by default there is no limit, except on brokers that take a task from a worker
     *     that is silent about it for too long: on RabbitMQ it is 25 minutes
     * @return this
     */
    public Builder handlerTimeout(Duration limit) {
      return putLimited(CoreOptions.HANDLER_TIMEOUT, limit, "noHandlerTimeout()");
    }

    /**
     * Lets handlers take as long as they like, as they may by default on most brokers; for where a limit set outside, or
     * the broker's, must not hold.
     *
     * @return this
     */
    public Builder noHandlerTimeout() {
      return put(CoreOptions.HANDLER_TIMEOUT, Duration.ZERO);
    }

    /**
     * Limits how often one task is tried, where the broker counts.
     *
     * @param attempts 1 to 1,000,000; by default 5
     * @return this
     */
    public Builder maxAttempts(int attempts) {
      return put(CoreOptions.MAX_ATTEMPTS, attempts);
    }

    /**
     * Says what becomes of a failed task for which nobody waits.
     *
     * @param policy by default it is kept aside where the broker can do that
     * @return this
     */
    public Builder onFailure(OnFailure policy) {
      return put(CoreOptions.ON_FAILURE, policy);
    }

    /**
     * Limits how long running handlers may finish when the queue closes.
     *
     * @param limit zero to 1 day; by default 30 s. Zero gives back at once what is running
     * @return this
     */
    public Builder drainTimeout(Duration limit) {
      return put(CoreOptions.DRAIN_TIMEOUT, limit);
    }

    /**
     * Chooses the serializer by name, among those on the class path.
     *
     * @param name such as {@code json}; by default {@code msgpack}
     * @return this
     */
    public Builder serializer(String name) {
      serializer = null;
      return put(CoreOptions.SERIALIZER, name);
    }

    /**
     * Hands over a serializer that need not be registered.
     *
     * @param object the serializer; called from many threads at once
     * @return this
     */
    public Builder serializer(Serializer object) {
      put(CoreOptions.SERIALIZER, object.name());
      serializer = object;
      return this;
    }

    /**
     * Says when bodies carry Taskwire's envelope.
     *
     * @param mode by default only where something asked for needs it
     * @return this
     */
    public Builder envelope(EnvelopeMode mode) {
      return put(CoreOptions.ENVELOPE, mode);
    }

    /**
     * Says whether failures carry the stack of the submit as a suppressed exception. Costs a microsecond or more a task:
     * for development.
     *
     * @param shown by default false
     * @return this
     */
    public Builder callSites(boolean shown) {
      return put(CoreOptions.CALL_SITES, shown);
    }

    /**
     * Shows a certificate to brokers that ask for one; {@link #key} goes with it. For TLS schemes, such as {@code
     * gearmans}, only: with another the queue does not open. The file is read when it is opened.
     *
     * @param certificate a PEM file with the certificate, and those of the authorities between; by default none is shown
     * @return this
     */
    public Builder cert(Path certificate) {
      return put(CoreOptions.CERT, certificate.toString());
    }

    /**
     * Names the private key of {@link #cert}. For TLS schemes only.
     *
     * @param privateKey a PEM file, not encrypted
     * @return this
     */
    public Builder key(Path privateKey) {
      return put(CoreOptions.KEY, privateKey.toString());
    }

    /**
     * Says which authorities the broker's certificate must be signed by. For TLS schemes only.
     *
     * @param ca a PEM file with their certificates; by default those are trusted that the JVM trusts
     * @return this
     */
    public Builder ca(Path ca) {
      return put(CoreOptions.CA, ca.toString());
    }

    /**
     * Says how far the broker's certificate is checked. For TLS schemes only. Leave it alone in production.
     *
     * @param how by default all of it, the host name too
     * @return this
     */
    public Builder verify(TlsVerification how) {
      return put(CoreOptions.VERIFY, how);
    }

    /**
     * Hands over Vert.x's own options of TLS, in place of {@link #cert}, {@link #key}, {@link #ca} and {@link #verify}: for key
     * stores, versions, cipher suites. For TLS schemes only.
     *
     * @param options copied. Where they say nothing of host names, host names are verified; an empty algorithm turns that
     *     off
     * @return this
     */
    public Builder tls(ClientSSLOptions options) {
      tls = options.copy();
      return this;
    }

    /**
     * Sets an option of the transport, or any other by its key. Transports' options are checked when the queue is opened;
     * those of transports other than the one in use are ignored.
     *
     * @param key without {@code taskwire.} in front: {@code ttr} if the URI says whose it is, or {@code beanstalk.ttr}
     * @param value as it is written in a URI or a property: {@code 10s}, {@code 64KiB}, {@code true}
     * @return this
     */
    public Builder set(String key, String value) {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(value, "value");
      Option<?> option = CoreOptions.find(key);
      if (option == null) {
        values.put(key, Secret.of(value));
        return this;
      }
      return option == CoreOptions.SERIALIZER ? serializer(value) : parse(option, value);
    }

    /**
     * Adds a listener to those there are.
     *
     * @param listener watches the queue
     * @return this
     */
    public Builder listener(QueueListener listener) {
      listeners.add(Objects.requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Fixes what was set. The builder may be used further.
     *
     * @return the options
     */
    public QueueOptions build() {
      return new QueueOptions(this);
    }

    private <T> Builder putLimited(Option<T> option, T value, String insteadOfZero) {
      if (Duration.ZERO.equals(value)) {
        throw OptionErrors.invalidValue(
            option, option.key(), "QueueOptions", "0s", "for that call " + insteadOfZero);
      }
      return put(option, value);
    }

    private <T> Builder put(Option<T> option, T value) {
      Objects.requireNonNull(value, option.key());
      try {
        values.put(option.key(), Secret.of(option.write(option.check(value))));
      } catch (IllegalArgumentException e) {
        throw OptionErrors.invalidValue(
            option, option.key(), "QueueOptions", option.write(value), e.getMessage());
      }
      return this;
    }

    private <T> Builder parse(Option<T> option, String text) {
      try {
        return put(option, option.parse(text));
      } catch (InvalidOptionException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw OptionErrors.invalidValue(option, option.key(), "QueueOptions", text, e.getMessage());
      }
    }
  }
}
