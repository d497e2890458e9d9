/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.GearmanAdmin;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanClosedException;
import io.taskwire.gearman.GearmanJob;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServerStatus;
import io.taskwire.gearman.JobRefusedException;
import io.taskwire.gearman.JobReport;
import io.taskwire.gearman.JobRequest;
import io.taskwire.gearman.JobState;
import io.taskwire.gearman.JobStatus;
import io.taskwire.gearman.admin.OpenAdmin;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.ServerLink;
import io.taskwire.gearman.connection.ServerLinks;
import io.taskwire.gearman.connection.ServerUser;
import io.taskwire.spi.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The client: the way onto the event loop for what users call, and back for what servers do. */
public final class OpenClient implements GearmanClient, ServerUser {

  private final EventLoop loop;
  private final GearmanOptions options;
  private final ServerLinks links;
  private final Submissions submissions;
  private final ServerWait serverWait;
  private final Statuses statuses;
  private final Set<String> serverOptions = new LinkedHashSet<>();

  private OpenClient(EventLoop loop, GearmanOptions options) {
    this.loop = loop;
    this.options = options;
    links = new ServerLinks(loop, options, this);
    submissions = new Submissions(options, links);
    serverWait = new ServerWait(links, options);
    statuses = new Statuses(links, options.requestTimeout());
  }

  /**
   * Opens a client.
   *
   * @param vertx the caller's instance, null to make one
   * @param options servers and limits
   * @return the client, connecting
   */
  public static GearmanClient open(@Nullable Vertx vertx, GearmanOptions options) {
    EventLoop loop =
        EventLoop.of(vertx, () -> new GearmanClosedException("the client is closed", null));
    OpenClient client;
    try {
      client = new OpenClient(loop, options);
    } catch (RuntimeException e) { // a TLS file that cannot be used
      loop.close();
      throw e;
    }
    loop.onClose(client::end);
    loop.run(client.links::start);
    return client;
  }

  @Override
  public Future<Void> connected() {
    return loop.call(() -> serverWait.any().mapEmpty());
  }

  @Override
  public List<GearmanServerStatus> servers() {
    return links.statuses();
  }

  @Override
  public GearmanJob submit(JobRequest request, Consumer<GearmanJob> prepare) {
    ClientJob job = create(request);
    prepare.accept(job);
    loop.run(() -> submissions.submit(job), () -> refuse(job));
    return job;
  }

  /** A job that is checked and not submitted yet, or refused. */
  private ClientJob create(JobRequest request) {
    ClientJob job = new ClientJob(request, submissions, loop, options.streamBuffer());
    try {
      job.prepare(SubmitPacket.of(
          request, options.namespace(), submissions.payloads(), options.maxPayload()));
    } catch (JobRefusedException e) {
      job.end(JobState.REFUSED, e);
    }
    return job;
  }

  private static void refuse(ClientJob job) {
    job.end(JobState.REFUSED, new GearmanClosedException("the client is closed", null));
  }

  @Override
  public Future<Void> submitAll(
      Iterable<JobRequest> requests, int maxOpen, Handler<GearmanJob> ended) {
    if (maxOpen < 1) {
      throw new IllegalArgumentException("at least one job must be open at once, not " + maxOpen);
    }
    Function<JobRequest, ClientJob> submit = request -> {
      ClientJob job = create(request);
      submissions.submit(job);
      return job;
    };
    return loop.call(() -> JobFeed.begin(requests, maxOpen, submit, ended));
  }

  @Override
  public Future<JobReport> waitUntilAccepted(
      Collection<? extends GearmanJob> jobs, Duration limit) {
    return waitUntil(jobs, ClientJob::isAccepted, limit);
  }

  @Override
  public Future<JobReport> waitUntilCompleted(
      Collection<? extends GearmanJob> jobs, Duration limit) {
    return waitUntil(jobs, ClientJob::isDone, limit);
  }

  private Future<JobReport> waitUntil(
      Collection<? extends GearmanJob> jobs, Predicate<ClientJob> there, Duration limit) {
    List<ClientJob> own = jobs.stream().map(this::own).toList();
    return loop.call(() -> JobWait.begin(loop.vertx(), own, there, limit));
  }

  private ClientJob own(GearmanJob job) {
    if (job instanceof ClientJob known && known.belongsTo(submissions)) {
      return known;
    }
    throw new IllegalArgumentException(job + " was not submitted by this client");
  }

  @Override
  public Future<JobStatus> status(GearmanJob job) {
    ClientJob own = own(job);
    return loop.call(() -> statuses.of(own));
  }

  @Override
  public Future<List<JobStatus>> status(Collection<? extends GearmanJob> jobs) {
    List<ClientJob> own = jobs.stream().map(this::own).toList();
    return loop.call(() -> all(own, statuses::of));
  }

  @Override
  public Future<JobStatus> status(String server, String handle) {
    return loop.call(() -> statuses.ofHandle(server, handle));
  }

  @Override
  public Future<List<JobStatus>> statusByUnique(Collection<String> keys) {
    List<String> all = List.copyOf(keys);
    return loop.call(() -> serverWait.any().compose(any -> all(all, statuses::ofUnique)));
  }

  private static <T> Future<List<JobStatus>> all(
      List<T> asked, Function<T, Future<JobStatus>> ask) {
    List<Future<JobStatus>> answers = new ArrayList<>();
    asked.forEach(one -> answers.add(ask.apply(one)));
    return Future.join(answers).map(done -> answers.stream().map(Future::result).toList());
  }

  @Override
  public Future<Buffer> echo(Buffer bytes) {
    return loop.call(() -> serverWait.next().compose(link -> echoed(link.name(), bytes)));
  }

  @Override
  public Future<Buffer> echo(String server, Buffer bytes) {
    return loop.call(() -> echoed(server, bytes));
  }

  private Future<Buffer> echoed(String server, Buffer bytes) {
    return statuses
        .connection(server)
        .compose(connection ->
            Question.ask(connection, new EchoReq(bytes), EchoRes.class, options.requestTimeout()))
        .map(EchoRes::data);
  }

  @Override
  public Future<Void> option(String name) {
    return loop.call(() -> serverWait.any().compose(any -> {
      List<Future<OptionRes>> answers = new ArrayList<>();
      for (ServerLink link : links.connected()) {
        answers.add(statuses.connection(link.name()).compose(connection -> ask(connection, name)));
      }
      return Future.join(answers).onSuccess(all -> serverOptions.add(name)).mapEmpty();
    }));
  }

  @Override
  public GearmanAdmin admin(String server) {
    return OpenAdmin.over(
        loop, server, options.requestTimeout(), () -> statuses.connection(server));
  }

  private Future<OptionRes> ask(GearmanConnection connection, String option) {
    return Question.ask(
        connection, new OptionReq(option), OptionRes.class, options.requestTimeout());
  }

  @Override
  public ConnectionOwner owner(ServerLink link) {
    return new ClientConnection(link, submissions);
  }

  @Override
  public void connected(ServerLink link) {
    GearmanConnection connection = link.connection();
    if (connection != null) {
      // A server that refuses one is used without it: it was taken by those that were asked.
      serverOptions.forEach(option -> ask(connection, option));
    }
    serverWait.connected(link);
    submissions.dispatch();
  }

  @Override
  public void disconnected(ServerLink link, Throwable cause) {
    submissions.dispatch();
  }

  @Override
  public void connectFailed(ServerLink link) {
    serverWait.connectFailed();
    submissions.dispatch();
  }

  /** Ends all but the loop; on the loop, once. */
  private Future<Void> end() {
    submissions.close();
    serverWait.close(new GearmanClosedException("the client was closed", null));
    return links.close().onComplete(closed -> submissions.free());
  }

  @Override
  public Future<Void> shutdown() {
    return loop.close();
  }

  @Override
  public void close() {
    loop.closeAndWait();
  }
}
