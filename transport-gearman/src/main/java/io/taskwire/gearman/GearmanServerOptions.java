/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link GearmanServer} is to be. Immutable: each method returns a copy. What contradicts itself is refused when the
 * server is started.
 */
public final class GearmanServerOptions {

  /** The port that Gearman servers have by custom; a {@link GearmanServer} takes any free one unless told. */
  public static final int CUSTOMARY_PORT = 4730;

  /** The longest payload taken by default, in bytes. */
  public static final int DEFAULT_MAX_PAYLOAD = 64 * 1024 * 1024;

  /** How many connections there may be by default. */
  public static final int DEFAULT_MAX_CONNECTIONS = 10_000;

  /** How many jobs there may be by default. */
  public static final int DEFAULT_MAX_JOBS = 1_000_000;

  /** How many functions there may be by default. */
  public static final int DEFAULT_MAX_FUNCTIONS = 100_000;

  /** How many bytes may wait for one connection by default. */
  public static final long DEFAULT_MAX_UNSENT = 256L * 1024 * 1024;

  /** How long a connection may read nothing by default, while much waits for it. */
  public static final Duration DEFAULT_STALL_TIMEOUT = Duration.ofSeconds(10);

  /** How long a shutdown waits by default for jobs that workers have. */
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(5);

  private static final GearmanServerOptions DEFAULTS = new GearmanServerOptions();

  private int port;
  private String host = "127.0.0.1";
  private boolean exceptions;
  private boolean roundRobin;
  private int jobRetries;
  private @Nullable Path key;
  private @Nullable Path certificate;
  private @Nullable Path clientCa;
  private @Nullable ServerSSLOptions tls;
  private @Nullable GearmanAcl acl;
  private int maxPayload = DEFAULT_MAX_PAYLOAD;
  private int maxConnections = DEFAULT_MAX_CONNECTIONS;
  private int maxJobs = DEFAULT_MAX_JOBS;
  private long maxJobBytes = Runtime.getRuntime().maxMemory() / 2;
  private int maxFunctions = DEFAULT_MAX_FUNCTIONS;
  private long maxUnsent = DEFAULT_MAX_UNSENT;
  private Duration stallTimeout = DEFAULT_STALL_TIMEOUT;
  private Duration drainTimeout = DEFAULT_DRAIN_TIMEOUT;

  private GearmanServerOptions() {}

  private GearmanServerOptions(GearmanServerOptions other) {
    port = other.port;
    host = other.host;
    exceptions = other.exceptions;
    roundRobin = other.roundRobin;
    jobRetries = other.jobRetries;
    key = other.key;
    certificate = other.certificate;
    clientCa = other.clientCa;
    tls = other.tls;
    acl = other.acl;
    maxPayload = other.maxPayload;
    maxConnections = other.maxConnections;
    maxJobs = other.maxJobs;
    maxJobBytes = other.maxJobBytes;
    maxFunctions = other.maxFunctions;
    maxUnsent = other.maxUnsent;
    stallTimeout = other.stallTimeout;
    drainTimeout = other.drainTimeout;
  }

  /**
   * Options for a server on a free port of 127.0.0.1, without TLS.
   *
   * @return the defaults
   */
  public static GearmanServerOptions create() {
    return DEFAULTS;
  }

  /**
   * Chooses the port.
   *
   * @param number 1 to 65535, or 0, the default, for any free one
   * @return a copy
   * @throws IllegalArgumentException if out of range
   */
  public GearmanServerOptions port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535: " + number);
    }
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.port = number;
    return copy;
  }

  /**
   * Chooses where to listen.
   *
   * @param address a name or an address of this machine, {@code 0.0.0.0} for all; by default {@code 127.0.0.1}, where only
   *     this machine can connect: there are no passwords in Gearman
   * @return a copy
   */
  public GearmanServerOptions host(String address) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.host = Objects.requireNonNull(address, "address");
    return copy;
  }

  /**
   * Tells every client why a job failed, as {@code gearmand --exceptions} does. Otherwise only those hear of it that ask
   * with the option {@code exceptions}, which Taskwire, php and libgearman can; others get a WORK_FAIL.
   *
   * @param forward whether to; false by default
   * @return a copy
   */
  public GearmanServerOptions exceptions(boolean forward) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.exceptions = forward;
    return copy;
  }

  /**
   * Gives a worker of several functions a job of each in turn, as {@code gearmand --round-robin} does. Otherwise the function
   * that it registered last comes first as long as it has jobs.
   *
   * @param inTurn whether to; false by default
   * @return a copy
   */
  public GearmanServerOptions roundRobin(boolean inTurn) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.roundRobin = inTurn;
    return copy;
  }

  /**
   * Limits how many workers may be lost with a job, or take too long, as {@code gearmand --job-retries} does: then it fails.
   *
   * @param runs how many lost runs fail a job; 0, the default, for no limit: the job is run until a worker ends it
   * @return a copy
   * @throws IllegalArgumentException if negative
   */
  public GearmanServerOptions jobRetries(int runs) {
    if (runs < 0) {
      throw new IllegalArgumentException("jobRetries must not be negative: " + runs);
    }
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.jobRetries = runs;
    return copy;
  }

  /**
   * Speaks TLS 1.2 and 1.3, and nothing else.
   *
   * @param privateKey a PEM file, not encrypted
   * @param certificateChain a PEM file: the server's certificate, and those between it and the authority
   * @return a copy
   */
  public GearmanServerOptions tls(Path privateKey, Path certificateChain) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.key = Objects.requireNonNull(privateKey, "privateKey");
    copy.certificate = Objects.requireNonNull(certificateChain, "certificateChain");
    copy.tls = null;
    return copy;
  }

  /**
   * Demands a certificate of each client, signed by an authority. Needs {@link #tls(Path, Path)}.
   *
   * @param authorities a PEM file with the certificates of the authorities
   * @return a copy
   */
  public GearmanServerOptions clientCa(Path authorities) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.clientCa = Objects.requireNonNull(authorities, "authorities");
    return copy;
  }

  /**
   * Speaks TLS as these options say, taken as they are: key, trust, client authentication, protocols.
   *
   * @param options Vert.x's options; copied
   * @return a copy
   */
  public GearmanServerOptions tls(ServerSSLOptions options) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.tls = options.copy();
    copy.key = null;
    copy.certificate = null;
    return copy;
  }

  /**
   * Allows each certificate name only what the list says. Needs TLS with certificates of the clients. Without a list everybody
   * may do everything.
   *
   * @param list who may do what
   * @return a copy
   */
  public GearmanServerOptions acl(GearmanAcl list) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.acl = Objects.requireNonNull(list, "list");
    return copy;
  }

  /**
   * Limits payloads. Longer ones are skipped as they arrive: a submit is answered with {@code ERROR ARGUMENT_TOO_LARGE}, and a
   * job whose result or data are longer fails.
   *
   * @param bytes more than zero; {@value #DEFAULT_MAX_PAYLOAD} by default
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxPayload(int bytes) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxPayload = (int) positive("maxPayload", bytes);
    return copy;
  }

  /**
   * Limits connections: more are closed at once.
   *
   * @param connections more than zero; {@value #DEFAULT_MAX_CONNECTIONS} by default
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxConnections(int connections) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxConnections = (int) positive("maxConnections", connections);
    return copy;
  }

  /**
   * Limits jobs, waiting and running, and the submits that were joined to others. More are answered with {@code ERROR
   * QUEUE_ERROR}, as at a function's own limit, which the text command {@code maxqueue} sets.
   *
   * @param jobs more than zero; {@value #DEFAULT_MAX_JOBS} by default
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxJobs(int jobs) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxJobs = (int) positive("maxJobs", jobs);
    return copy;
  }

  /**
   * Limits what all jobs take together: their payloads and 512 bytes for each. More are answered with {@code ERROR QUEUE_ERROR}.
   *
   * @param bytes more than zero; by default half of the JVM's largest heap
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxJobBytes(long bytes) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxJobBytes = positive("maxJobBytes", bytes);
    return copy;
  }

  /**
   * Limits functions, whether registered, used or created by command. When there are so many, those of which nothing is left
   * are forgotten; then more are refused.
   *
   * @param functions more than zero; {@value #DEFAULT_MAX_FUNCTIONS} by default
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxFunctions(int functions) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxFunctions = (int) positive("maxFunctions", functions);
    return copy;
  }

  /**
   * Limits what may wait to be sent to one connection. A connection that is sent more is closed. Long before, from 1 MiB on,
   * nothing is read from it and from those who send to it until it has caught up.
   *
   * @param bytes more than zero; 256 MiB by default, and never less than what {@link #maxPayload} needs
   * @return a copy
   * @throws IllegalArgumentException if not more than zero
   */
  public GearmanServerOptions maxUnsent(long bytes) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.maxUnsent = positive("maxUnsent", bytes);
    return copy;
  }

  /**
   * Limits how long a connection may take nothing while more than 1 MiB waits for it: then it is closed, and jobs it has go to
   * other workers.
   *
   * @param limit at least a millisecond; 10 seconds by default
   * @return a copy
   * @throws IllegalArgumentException if less
   */
  public GearmanServerOptions stallTimeout(Duration limit) {
    GearmanServerOptions copy = new GearmanServerOptions(this);
    positive("the milliseconds of stallTimeout", limit.toMillis());
    copy.stallTimeout = limit;
    return copy;
  }

  /**
   * Limits how long {@link GearmanServer#shutdown()} waits for jobs that workers have.
   *
   * @param limit zero not to wait, or more; 5 seconds by default
   * @return a copy
   * @throws IllegalArgumentException if negative
   */
  public GearmanServerOptions drainTimeout(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("drainTimeout must not be negative: " + limit);
    }
    GearmanServerOptions copy = new GearmanServerOptions(this);
    copy.drainTimeout = limit;
    return copy;
  }

  private static long positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be more than zero: " + value);
    }
    return value;
  }

  /**
   * The port to listen on.
   *
   * @return 0 for any free one
   */
  public int port() {
    return port;
  }

  /**
   * Where to listen.
   *
   * @return a name or an address
   */
  public String host() {
    return host;
  }

  /**
   * Whether every client is told why a job failed.
   *
   * @return false by default
   */
  public boolean exceptions() {
    return exceptions;
  }

  /**
   * Whether a worker's functions are served in turn.
   *
   * @return false by default
   */
  public boolean roundRobin() {
    return roundRobin;
  }

  /**
   * How many lost runs fail a job.
   *
   * @return 0 for no limit
   */
  public int jobRetries() {
    return jobRetries;
  }

  /**
   * The server's private key.
   *
   * @return null if not given as a file
   */
  public @Nullable Path key() {
    return key;
  }

  /**
   * The server's certificate.
   *
   * @return null if not given as a file
   */
  public @Nullable Path certificate() {
    return certificate;
  }

  /**
   * The authorities of the clients' certificates.
   *
   * @return null if not given as a file
   */
  public @Nullable Path clientCa() {
    return clientCa;
  }

  /**
   * What was given to {@link #tls(ServerSSLOptions)}.
   *
   * @return a copy; null if nothing was
   */
  public @Nullable ServerSSLOptions tls() {
    return tls == null ? null : tls.copy();
  }

  /**
   * Who may do what.
   *
   * @return null if everybody may do everything
   */
  public @Nullable GearmanAcl acl() {
    return acl;
  }

  /**
   * The longest payload taken.
   *
   * @return bytes
   */
  public int maxPayload() {
    return maxPayload;
  }

  /**
   * How many connections there may be.
   *
   * @return their number
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * How many jobs there may be.
   *
   * @return their number
   */
  public int maxJobs() {
    return maxJobs;
  }

  /**
   * What all jobs may take together.
   *
   * @return bytes
   */
  public long maxJobBytes() {
    return maxJobBytes;
  }

  /**
   * How many functions there may be.
   *
   * @return their number
   */
  public int maxFunctions() {
    return maxFunctions;
  }

  /**
   * What may wait to be sent to one connection.
   *
   * @return bytes
   */
  public long maxUnsent() {
    return maxUnsent;
  }

  /**
   * How long a connection may take nothing while much waits for it.
   *
   * @return the limit
   */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /**
   * How long a shutdown waits for running jobs.
   *
   * @return the limit
   */
  public Duration drainTimeout() {
    return drainTimeout;
  }
}
