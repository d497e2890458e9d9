/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What real servers, clients and workers sent, cut in every way. */
class RecordingsTest {

  private static final int LIMIT = 2 << 20;

  /** A stream is cut at every place; a longer one at every place near its ends, and at some between. */
  private static final int LONG = 10_000;

  private static final int NEAR = 300;
  private static final int STRIDE = 4_099;

  /** Recordings in which a client breaks the protocol to see what the server does. */
  private static final Set<String> BROKEN_REQUESTS = Set.of(
      "g12_can_do_timeout",
      "g13_reduce",
      "g13_sched",
      "g15_bad_magic",
      "g15_huge_length",
      "g15_packet_type_zero",
      "g15_res_magic_from_client",
      "g15_response_type_from_client",
      "g15_submit_too_few_args",
      "g15_unknown_packet_type",
      "g18_gearserver_raw");

  static Stream<String> names() throws IOException {
    Path folder = Path.of("src/test/resources/recordings");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".jsonl", ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** Recordings in which the server sends nothing that the codec reads more kindly than it writes. */
  static Stream<String> exact() {
    return Stream.of(
        "g01_foreground_cli",
        "g02_priorities_foreground",
        "g04_work_fail",
        "g05_exception_with_option",
        "g06_streams",
        "g07_coalesce_one_connection",
        "g11_grab_and_sleep",
        "g13_reduce",
        "g17_php");
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_the_server_sent_is_read_and_means_the_same_however_it_is_cut(String name) {
    for (List<Buffer> chunks : Recording.of(name).fromServer().values()) {
      Buffer all = Recording.joined(chunks);
      List<Object> events = Heard.responses(LIMIT, all);

      assertThat(events).isNotEmpty().noneMatch(event -> event.toString().startsWith("malformed"));
      assertThat(Heard.responses(LIMIT, chunks.toArray(Buffer[]::new))).isEqualTo(events);
      assertThat(Heard.responses(LIMIT, tiny(all))).isEqualTo(events);
      for (int at : cuts(all)) {
        assertThat(Heard.responses(LIMIT, all.getBuffer(0, at), all.getBuffer(at, all.length())))
            .as("cut at %d", at)
            .isEqualTo(events);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_clients_and_workers_sent_is_read_and_means_the_same_however_it_is_cut(String name) {
    for (List<Buffer> chunks : Recording.of(name).toServer().values()) {
      Buffer all = Recording.joined(chunks);
      List<Object> events = Heard.requests(LIMIT, all);

      if (!BROKEN_REQUESTS.contains(name)) {
        assertThat(events)
            .isNotEmpty()
            .noneMatch(event -> event.toString().startsWith("malformed"));
      }
      assertThat(Heard.requests(LIMIT, chunks.toArray(Buffer[]::new))).isEqualTo(events);
      assertThat(Heard.requests(LIMIT, tiny(all))).isEqualTo(events);
      for (int at : cuts(all)) {
        assertThat(Heard.requests(LIMIT, all.getBuffer(0, at), all.getBuffer(at, all.length())))
            .as("cut at %d", at)
            .isEqualTo(events);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("exact")
  void what_the_server_sent_is_written_as_it_was_read(String name) {
    for (List<Buffer> chunks : Recording.of(name).fromServer().values()) {
      Buffer all = Recording.joined(chunks);
      Buffer written = Buffer.buffer();
      for (Object event : Heard.responses(LIMIT, all)) {
        ((Response) event).encodeResponse(written);
      }

      assertThat(written).isEqualTo(all);
    }
  }

  @Test
  void the_plain_round_trip_of_a_command_line_client_is_understood() {
    Recording recording = Recording.of("g01_foreground_cli");
    List<Object> answers = recording.fromServer().values().stream()
        .flatMap(chunks -> Heard.responses(LIMIT, Recording.joined(chunks)).stream())
        .toList();

    assertThat(answers)
        .extracting(event -> (Object) event.getClass())
        .contains(
            NoJob.class, Noop.class, JobCreated.class, JobAssignUniq.class, WorkComplete.class);
  }

  private static int[] cuts(Buffer all) {
    int length = all.length();
    return IntStream.range(1, length)
        .filter(at -> length < LONG || at < NEAR || at > length - NEAR || at % STRIDE == 0)
        .toArray();
  }

  private static Buffer[] tiny(Buffer all) {
    int length = all.length();
    int size = length < LONG ? 1 : 7;
    return IntStream.range(0, (length + size - 1) / size)
        .mapToObj(i -> all.getBuffer(i * size, Math.min(length, (i + 1) * size)))
        .toArray(Buffer[]::new);
  }
}
