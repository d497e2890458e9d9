/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each packet beside its bytes, read and written from the same literal. */
class LiteralBytesTest {

  private static final int LIMIT = 1 << 20;

  static Stream<Arguments> requests() {
    return Stream.of(
        bytes("REQ", 1, "reverse", new CanDo("reverse")),
        bytes("REQ", 2, "reverse", new CantDo("reverse")),
        bytes("REQ", 3, "", new ResetAbilities()),
        bytes("REQ", 4, "", new PreSleep()),
        bytes("REQ", 7, "f|u|payload", new SubmitJob("f", "u", Buffer.buffer("payload"))),
        bytes("REQ", 7, "f||", new SubmitJob("f", "", Buffer.buffer())),
        bytes("REQ", 9, "", new GrabJob()),
        bytes("REQ", 12, "H:vm:1|2|3", new WorkStatus("H:vm:1", 2, 3)),
        bytes("REQ", 13, "H:vm:1|a|b|", new WorkComplete("H:vm:1", Buffer.buffer("a\0b\0"))),
        bytes("REQ", 14, "H:vm:1", new WorkFail("H:vm:1")),
        bytes("REQ", 15, "H:vm:1", new GetStatus("H:vm:1")),
        bytes("REQ", 16, "x|y", new EchoReq(Buffer.buffer("x\0y"))),
        bytes("REQ", 18, "f|u|p", new SubmitJobBg("f", "u", Buffer.buffer("p"))),
        bytes("REQ", 21, "f|u|p", new SubmitJobHigh("f", "u", Buffer.buffer("p"))),
        bytes("REQ", 22, "me", new SetClientId("me")),
        bytes("REQ", 23, "f|60", new CanDoTimeout("f", 60)),
        bytes("REQ", 24, "", new AllYours()),
        bytes("REQ", 25, "H:vm:1|boom", new WorkException("H:vm:1", Buffer.buffer("boom"))),
        bytes("REQ", 26, "exceptions", new OptionReq("exceptions")),
        bytes("REQ", 28, "H:vm:1|part", new WorkData("H:vm:1", Buffer.buffer("part"))),
        bytes("REQ", 29, "H:vm:1|careful", new WorkWarning("H:vm:1", Buffer.buffer("careful"))),
        bytes("REQ", 30, "", new GrabJobUniq()),
        bytes("REQ", 32, "f|u|p", new SubmitJobHighBg("f", "u", Buffer.buffer("p"))),
        bytes("REQ", 33, "f|u|p", new SubmitJobLow("f", "u", Buffer.buffer("p"))),
        bytes("REQ", 34, "f|u|p", new SubmitJobLowBg("f", "u", Buffer.buffer("p"))),
        bytes(
            "REQ",
            35,
            "f|u|1|2|3|4|5|p",
            new SubmitJobSched("f", "u", "1", "2", "3", "4", "5", Buffer.buffer("p"))),
        bytes(
            "REQ",
            36,
            "f|u|1700000000|p",
            new SubmitJobEpoch("f", "u", 1700000000, Buffer.buffer("p"))),
        bytes("REQ", 37, "f|u|r||p", new SubmitReduceJob("f", "u", "r", "", Buffer.buffer("p"))),
        bytes(
            "REQ",
            38,
            "f|u|r||p",
            new SubmitReduceJobBackground("f", "u", "r", "", Buffer.buffer("p"))),
        bytes("REQ", 39, "", new GrabJobAll()),
        bytes("REQ", 41, "u", new GetStatusUnique("u")));
  }

  static Stream<Arguments> responses() {
    return Stream.of(
        bytes("RES", 6, "", new Noop()),
        bytes("RES", 8, "H:vm:1", new JobCreated("H:vm:1")),
        bytes("RES", 10, "", new NoJob()),
        bytes("RES", 11, "H:vm:1|f|p", new JobAssign("H:vm:1", "f", Buffer.buffer("p"))),
        bytes("RES", 12, "H:vm:1|2|3", new WorkStatus("H:vm:1", 2, 3)),
        bytes("RES", 13, "H:vm:1|done", new WorkComplete("H:vm:1", Buffer.buffer("done"))),
        bytes("RES", 14, "H:vm:1", new WorkFail("H:vm:1")),
        bytes("RES", 17, "x|y", new EchoRes(Buffer.buffer("x\0y"))),
        bytes(
            "RES",
            19,
            "QUEUE_ERROR|Job queue is full",
            new ErrorResponse("QUEUE_ERROR", "Job queue is full")),
        bytes("RES", 20, "H:vm:1|1|0|2|3", new StatusRes("H:vm:1", true, false, 2, 3)),
        bytes("RES", 25, "H:vm:1|boom", new WorkException("H:vm:1", Buffer.buffer("boom"))),
        bytes("RES", 27, "exceptions", new OptionRes("exceptions")),
        bytes("RES", 28, "H:vm:1|part", new WorkData("H:vm:1", Buffer.buffer("part"))),
        bytes("RES", 29, "H:vm:1|careful", new WorkWarning("H:vm:1", Buffer.buffer("careful"))),
        bytes("RES", 31, "H:vm:1|f|u|p", new JobAssignUniq("H:vm:1", "f", "u", Buffer.buffer("p"))),
        bytes(
            "RES",
            40,
            "H:vm:1|f|u|r|p",
            new JobAssignAll("H:vm:1", "f", "u", "r", Buffer.buffer("p"))),
        bytes("RES", 42, "u|1|1|2|3|4", new StatusResUnique("u", true, true, 2, 3, 4)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void a_request_is_read_from_its_bytes_and_written_to_them(Buffer bytes, Request frame) {
    Buffer written = Buffer.buffer();
    frame.encodeRequest(written);

    assertThat(written).isEqualTo(bytes);
    assertThat(Heard.requests(LIMIT, bytes)).containsExactly(frame);
  }

  @ParameterizedTest
  @MethodSource("responses")
  void a_response_is_read_from_its_bytes_and_written_to_them(Buffer bytes, Response frame) {
    Buffer written = Buffer.buffer();
    frame.encodeResponse(written);

    assertThat(written).isEqualTo(bytes);
    assertThat(Heard.responses(LIMIT, bytes)).containsExactly(frame);
  }

  @Test
  void every_packet_type_has_its_literal() {
    Stream<Object> frames = Stream.concat(requests(), responses()).map(a -> a.get()[1]);

    assertThat(frames.map(frame -> ((Frame) frame).type()).distinct())
        .containsExactlyInAnyOrder(PacketType.values());
  }

  @Test
  void the_nul_behind_the_handle_of_a_failed_job_is_removed() {
    assertThat(Heard.responses(LIMIT, packet("RES", 14, "H:vm:1|")))
        .containsExactly(new WorkFail("H:vm:1"));
  }

  @Test
  void an_empty_result_may_lack_the_nul_before_it() {
    assertThat(Heard.requests(LIMIT, packet("REQ", 13, "H:vm:1")))
        .containsExactly(new WorkComplete("H:vm:1", Buffer.buffer()));
  }

  @Test
  void a_job_that_fails_with_the_magic_of_a_request_is_read_by_a_client() {
    assertThat(Heard.responses(LIMIT, packet("REQ", 14, "H:vm:1")))
        .containsExactly(new WorkFail("H:vm:1"));
  }

  @Test
  void numbers_that_are_missing_or_odd_are_read_as_far_as_they_go() {
    assertThat(Heard.responses(LIMIT, packet("RES", 20, "H:vm:1|0|0||")))
        .containsExactly(new StatusRes("H:vm:1", false, false, 0, 0));
    assertThat(Heard.responses(LIMIT, packet("RES", 12, "H:vm:1|1.5|x")))
        .containsExactly(new WorkStatus("H:vm:1", 1, 0));
  }

  @Test
  void an_argument_that_would_end_early_is_refused() {
    assertThatThrownBy(() -> new SubmitJob("a\0b", "", Buffer.buffer()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("function");
  }

  private static Arguments bytes(String magic, int type, String body, Frame frame) {
    return Arguments.of(packet(magic, type, body), frame);
  }

  /** A packet of which {@code |} stands for NUL. */
  static Buffer packet(String magic, int type, String body) {
    byte[] bytes = body.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) 0)
        .appendString(magic)
        .appendInt(type)
        .appendInt(bytes.length)
        .appendBytes(bytes);
  }
}
