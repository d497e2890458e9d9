/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.codec.EchoRes;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.JobCreated;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.StatusRes;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InFlightTest {

  private final InFlight inFlight = new InFlight();
  private final List<String> heard = new ArrayList<>();

  @Test
  void answers_go_to_the_requests_in_their_order() {
    inFlight.add(new Waiting("a", JobCreated.class, false));
    inFlight.add(new Waiting("b", StatusRes.class, false));
    inFlight.add(new Waiting("c", JobCreated.class, false));

    assertThat(answer(new JobCreated("H:1"))).isEqualTo("a");
    assertThat(answer(new StatusRes("H:1", true, false, 0, 0))).isEqualTo("b");
    assertThat(answer(new JobCreated("H:2"))).isEqualTo("c");
    assertThat(answer(new JobCreated("H:3"))).isNull();
  }

  @Test
  void an_optional_request_that_the_server_passes_over_is_passed_over() {
    inFlight.add(new Waiting("echo", EchoRes.class, true));
    inFlight.add(new Waiting("status", StatusRes.class, false));

    assertThat(answer(new StatusRes("H:1", true, false, 0, 0))).isEqualTo("status");
    assertThat(answer(new EchoRes(Buffer.buffer()))).isNull();
  }

  @Test
  void an_error_in_front_of_an_echo_is_unasked_and_the_echo_still_waits() {
    inFlight.add(new Waiting("echo", EchoRes.class, true));
    inFlight.add(new Waiting("status", StatusRes.class, false));

    assertThat(answer(new ErrorResponse("JOB_NOT_FOUND", "Job given in work result not found")))
        .isNull();
    assertThat(answer(new EchoRes(Buffer.buffer()))).isEqualTo("echo");
    assertThat(answer(new StatusRes("H:1", true, false, 0, 0))).isEqualTo("status");
  }

  @Test
  void packets_of_joined_jobs_go_to_each_listener_in_turn_and_the_last_packet_to_each_once() {
    inFlight.add("H:1", new Listening("a"));
    inFlight.add("H:1", new Listening("b"));
    inFlight.add("H:1", new Listening("c"));
    inFlight.add("H:2", new Listening("other"));
    for (int i = 0; i < 6; i++) {
      next("H:1").data(Buffer.buffer());
    }
    for (int i = 0; i < 3; i++) {
      last("H:1").completed(Buffer.buffer());
    }

    assertThat(heard)
        .containsExactly(
            "a data", "b data", "c data", "a data", "b data", "c data", "a done", "b done",
            "c done");
    assertThat(inFlight.last("H:1")).isNull();
    last("H:2").completed(Buffer.buffer());
  }

  @Test
  void a_listener_that_is_removed_leaves_the_packets_of_those_it_shared_a_job_with_alone() {
    Listening a = new Listening("a");
    Listening b = new Listening("b");
    inFlight.add("H:1", a);
    inFlight.add("H:1", b);
    inFlight.remove("H:1", a);
    for (int i = 0; i < 2; i++) {
      next("H:1").data(Buffer.buffer());
    }
    for (int i = 0; i < 2; i++) {
      last("H:1").completed(Buffer.buffer());
    }

    assertThat(heard).containsExactly("b data", "b done");
  }

  @Test
  void a_listener_that_is_removed_from_a_job_of_its_own_leaves_nothing() {
    Listening a = new Listening("a");
    inFlight.add("H:1", a);
    inFlight.remove("H:1", a);

    assertThat(inFlight.next("H:1")).isNull();
    assertThat(inFlight.last("H:1")).isNull();
  }

  @Test
  void everybody_is_told_of_the_end_and_whether_the_request_was_sent() {
    inFlight.add(new Waiting("sent", JobCreated.class, false));
    inFlight.sent();
    inFlight.add(new Waiting("unsent", JobCreated.class, false));
    inFlight.add("H:1", new Listening("a"));
    inFlight.add("H:1", new Listening("b"));
    inFlight.fail(new IllegalStateException("gone"));

    assertThat(heard)
        .containsExactly("sent failed true", "unsent failed false", "a lost", "b lost");
    inFlight.fail(new IllegalStateException("gone"));
    assertThat(heard).hasSize(4);
  }

  private @Nullable String answer(Response answer) {
    Reply reply = inFlight.answered(answer);
    return reply == null ? null : ((Waiting) reply).name;
  }

  private JobListener next(String handle) {
    return Objects.requireNonNull(inFlight.next(handle), "nobody waits for it");
  }

  private JobListener last(String handle) {
    return Objects.requireNonNull(inFlight.last(handle), "nobody waits for it");
  }

  private final class Waiting implements Reply {
    private final String name;
    private final Class<? extends Response> expected;
    private final boolean optional;

    Waiting(String name, Class<? extends Response> expected, boolean optional) {
      this.name = name;
      this.expected = expected;
      this.optional = optional;
    }

    @Override
    public boolean accepts(Response answer) {
      return expected.isInstance(answer);
    }

    @Override
    public boolean isOptional() {
      return optional;
    }

    @Override
    public void answered(Response answer) {}

    @Override
    public void failed(Throwable cause, boolean sent) {
      heard.add(name + " failed " + sent);
    }
  }

  private final class Listening implements JobListener {
    private final String name;

    Listening(String name) {
      this.name = name;
    }

    @Override
    public void status(long numerator, long denominator) {
      heard.add(name + " status");
    }

    @Override
    public void data(Buffer data) {
      heard.add(name + " data");
    }

    @Override
    public void completed(Buffer data) {
      heard.add(name + " done");
    }

    @Override
    public void threw(Buffer data) {
      heard.add(name + " threw");
    }

    @Override
    public void failed() {
      heard.add(name + " failed");
    }

    @Override
    public void tooLarge(long length) {
      heard.add(name + " too large");
    }

    @Override
    public void lost(Throwable cause) {
      heard.add(name + " lost");
    }
  }
}
