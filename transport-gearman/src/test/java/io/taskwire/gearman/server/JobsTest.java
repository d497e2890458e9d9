/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GetStatusUnique;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobAll;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignAll;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.OptionReq;
import io.taskwire.gearman.codec.OptionRes;
import io.taskwire.gearman.codec.StatusRes;
import io.taskwire.gearman.codec.StatusResUnique;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.SubmitJobHighBg;
import io.taskwire.gearman.codec.SubmitJobLow;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.codec.SubmitReduceJob;
import io.taskwire.gearman.codec.SubmitReduceJobBackground;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.taskwire.gearman.codec.WorkStatus;
import io.taskwire.gearman.codec.WorkWarning;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs from the submit to the end, packet by packet. */
@Timeout(60)
class JobsTest {

  private final GearmanServer server = GearmanServer.start();
  private RawPeer client;
  private RawPeer worker;

  @BeforeEach
  void connect() {
    client = RawPeer.of(server);
    worker = RawPeer.of(server).send(new CanDo("f")).hearsNothing();
  }

  @AfterEach
  void close() {
    client.close();
    worker.close();
    server.close();
  }

  @Test
  void the_result_of_a_foreground_job_goes_to_its_client() {
    String handle = client.submit(new SubmitJob("f", "", Buffer.buffer("in")));

    worker.send(new GrabJob());
    assertThat(worker.next()).isEqualTo(new JobAssign(handle, "f", Buffer.buffer("in")));
    worker.send(new WorkComplete(handle, Buffer.buffer("out")));

    assertThat(client.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("out")));
  }

  @Test
  void progress_data_and_warnings_reach_the_client_in_their_order() {
    String handle = client.submit(new SubmitJob("f", "", Buffer.buffer()));
    worker.send(new GrabJob()).next(JobAssign.class);
    Buffer zeros = Buffer.buffer(new byte[] {0, 1, 0});

    worker.send(
        new WorkStatus(handle, 1, 2),
        new WorkData(handle, zeros),
        new WorkWarning(handle, Buffer.buffer("careful")),
        new WorkData(handle, Buffer.buffer()),
        new WorkComplete(handle, Buffer.buffer()));

    assertThat(List.of(client.next(), client.next(), client.next(), client.next(), client.next()))
        .containsExactly(
            new WorkStatus(handle, 1, 2),
            new WorkData(handle, zeros),
            new WorkWarning(handle, Buffer.buffer("careful")),
            new WorkData(handle, Buffer.buffer()),
            new WorkComplete(handle, Buffer.buffer()));
  }

  @Test
  void jobs_are_served_by_priority_and_then_by_age() {
    List<String> handles = new ArrayList<>();
    handles.add(client.submit(new SubmitJobLow("f", "", Buffer.buffer())));
    handles.add(client.submit(new SubmitJob("f", "", Buffer.buffer())));
    handles.add(client.submit(new SubmitJobHigh("f", "", Buffer.buffer())));
    handles.add(client.submit(new SubmitJobLowBg("f", "", Buffer.buffer())));
    handles.add(client.submit(new SubmitJobBg("f", "", Buffer.buffer())));
    handles.add(client.submit(new SubmitJobHighBg("f", "", Buffer.buffer())));

    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      order.add(handles.indexOf(worker.send(new GrabJob()).next(JobAssign.class).handle()));
    }

    assertThat(order).containsExactly(2, 5, 1, 4, 0, 3);
    assertThat(worker.send(new GrabJob()).next()).isEqualTo(new NoJob());
  }

  @Test
  void each_kind_of_grab_gets_its_kind_of_job() {
    String first = client.submit(new SubmitJob("f", "u1", Buffer.buffer("1")));
    String second = client.submit(new SubmitJob("f", "u2", Buffer.buffer("2")));
    String third = client.submit(new SubmitJob("f", "u3", Buffer.buffer("3")));
    String fourth = client.submit(new SubmitReduceJob("f", "u4", "r", "", Buffer.buffer("4")));
    String fifth =
        client.submit(new SubmitReduceJobBackground("f", "u5", "r", "", Buffer.buffer("5")));
    String sixth = client.submit(new SubmitReduceJob("f", "u6", "r", "", Buffer.buffer("6")));

    worker.send(
        new GrabJob(),
        new GrabJobUniq(),
        new GrabJobAll(),
        new GrabJobAll(),
        new GrabJobUniq(),
        new GrabJob());

    assertThat(worker.next()).isEqualTo(new JobAssign(first, "f", Buffer.buffer("1")));
    assertThat(worker.next()).isEqualTo(new JobAssignUniq(second, "f", "u2", Buffer.buffer("2")));
    assertThat(worker.next()).isEqualTo(new JobAssignUniq(third, "f", "u3", Buffer.buffer("3")));
    assertThat(worker.next())
        .isEqualTo(new JobAssignAll(fourth, "f", "u4", "r", Buffer.buffer("4")));
    assertThat(worker.next()).isEqualTo(new JobAssignUniq(fifth, "f", "u5", Buffer.buffer("5")));
    assertThat(worker.next()).isEqualTo(new JobAssign(sixth, "f", Buffer.buffer("6")));
  }

  @Test
  void a_status_is_told_by_handle_and_by_unique() {
    String handle = client.submit(new SubmitJobBg("f", "u", Buffer.buffer()));
    client.send(new GetStatus(handle), new GetStatusUnique("u"));
    assertThat(client.next()).isEqualTo(new StatusRes(handle, true, false, 0, 0));
    assertThat(client.next()).isEqualTo(new StatusResUnique("u", true, false, 0, 0, 0));

    worker.send(new GrabJob()).next(JobAssign.class);
    worker.send(new WorkStatus(handle, 3, 4)).hearsNothing();
    assertThat(client.submit(new SubmitJob("f", "u", Buffer.buffer()))).isEqualTo(handle);
    client.send(new GetStatus(handle), new GetStatusUnique("u"));
    assertThat(client.next()).isEqualTo(new StatusRes(handle, true, true, 3, 4));
    assertThat(client.next()).isEqualTo(new StatusResUnique("u", true, true, 3, 4, 1));

    worker.send(new WorkComplete(handle, Buffer.buffer())).hearsNothing();
    client.next(WorkComplete.class);
    client.send(new GetStatus(handle), new GetStatusUnique("u"));
    assertThat(client.next()).isEqualTo(new StatusRes(handle, false, false, 0, 0));
    assertThat(client.next()).isEqualTo(new StatusResUnique("u", false, false, 0, 0, 0));
  }

  @Test
  void an_exception_is_told_to_those_who_asked_for_it_and_a_failure_to_the_others() {
    client.send(new OptionReq("exceptions"));
    assertThat(client.next()).isEqualTo(new OptionRes("exceptions"));
    String handle = client.submit(new SubmitJob("f", "u", Buffer.buffer()));
    try (RawPeer other = RawPeer.of(server)) {
      assertThat(other.submit(new SubmitJob("f", "u", Buffer.buffer()))).isEqualTo(handle);
      worker.send(new GrabJob()).next(JobAssign.class);

      worker.send(new WorkException(handle, Buffer.buffer("why")));

      assertThat(client.next()).isEqualTo(new WorkException(handle, Buffer.buffer("why")));
      assertThat(other.next()).isEqualTo(new WorkFail(handle));
    }
    worker.send(new WorkFail(handle));
    assertThat(worker.next())
        .isEqualTo(new ErrorResponse("JOB_NOT_FOUND", "Job given in work result not found"));
  }

  @Test
  void a_failure_ends_foreground_and_background_jobs() {
    String foreground = client.submit(new SubmitJob("f", "", Buffer.buffer()));
    String background = client.submit(new SubmitJobBg("f", "", Buffer.buffer()));
    worker.send(new GrabJob(), new GrabJob());
    worker.next(JobAssign.class);
    worker.next(JobAssign.class);

    worker.send(new WorkFail(background), new WorkFail(foreground)).hearsNothing();

    assertThat(client.next()).isEqualTo(new WorkFail(foreground));
    client.send(new GetStatus(background));
    assertThat(client.next()).isEqualTo(new StatusRes(background, false, false, 0, 0));
  }

  @Test
  void only_the_worker_that_has_a_job_may_report_on_it() {
    String handle = client.submit(new SubmitJob("f", "", Buffer.buffer()));
    worker.send(new GrabJob()).next(JobAssign.class);
    try (RawPeer stranger = RawPeer.of(server)) {
      stranger.send(
          new WorkData(handle, Buffer.buffer("x")),
          new WorkWarning(handle, Buffer.buffer("x")),
          new WorkStatus(handle, 1, 2),
          new WorkComplete(handle, Buffer.buffer("x")),
          new WorkFail(handle),
          new WorkException(handle, Buffer.buffer("x")));

      List<String> errors = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ErrorResponse error = stranger.next(ErrorResponse.class);
        assertThat(error.code()).isEqualTo("JOB_NOT_FOUND");
        errors.add(error.text());
      }
      assertThat(errors)
          .containsExactly(
              "Job does not exist on server",
              "Job does not exist on server",
              "Job given in work result not found",
              "Job given in work result not found",
              "Job given in work result not found",
              "An exception was received for a job that does not exist");
    }
    worker.send(new WorkComplete(handle, Buffer.buffer("rightful")));
    assertThat(client.next()).isEqualTo(new WorkComplete(handle, Buffer.buffer("rightful")));
  }

  @Test
  void an_echo_keeps_its_bytes_and_unknown_options_are_refused() {
    client.send(
        new EchoReq(Buffer.buffer(new byte[] {0, 1, 0})),
        new OptionReq("Exceptions"),
        new OptionReq("nosuch"));

    assertThat(client.next()).isEqualTo(new EchoRes(Buffer.buffer(new byte[] {0, 1, 0})));
    assertThat(client.next()).isEqualTo(new OptionRes("Exceptions"));
    assertThat(client.next())
        .isEqualTo(new ErrorResponse("UNKNOWN_OPTION", "Server does not recognize given option"));
  }
}
