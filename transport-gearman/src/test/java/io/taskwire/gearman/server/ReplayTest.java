/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server says what gearmand said. */
@Timeout(60)
class ReplayTest {

  private static void play(GearmanServerOptions options, String recording, String untilNote) {
    try (GearmanServer server = GearmanServer.start(options);
        Replay replay = new Replay(server)) {
      replay.play(recording, untilNote);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g01_foreground_cli",
        "g01_foreground_cli_unique",
        "g02_priorities_cli",
        "g02_priorities_foreground",
        "g03_background_status_php",
        "g04_work_fail",
        "g04_work_fail_cli",
        "g04_work_fail_php",
        "g05_exception_php",
        "g05_exception_two_clients",
        "g05_exception_with_option",
        "g05_exception_without_option",
        "g06_streams",
        "g06_streams_cli",
        "g06_streams_php",
        "g07_coalesce_one_connection",
        "g07_coalesce_rules",
        "g07_coalesce_two_connections",
        "g08_graceful_worker_leave",
        "g08_worker_killed_requeue",
        "g08_worker_killed_status_kept",
        "g10_binary_payloads",
        "g10_split_writes",
        "g11_function_order",
        "g13_sched",
        "g14_echo_option",
        "g15_bad_magic",
        "g15_function_too_long",
        "g15_other_workers_handle",
        "g15_queue_full",
        "g15_trailing_nul",
        "g15_unknown_handle",
        "g15_unknown_packet_type",
        "g17_gear",
        "g17_mixed_php_client_perl_worker",
        "g17_perl",
        "g17_perl_exception_with_option",
        "g17_perl_exception_without_option",
        "g17_php",
        "g17_php_worker_throws",
        "g17_pygearman",
      })
  void all_of_a_recording(String recording) {
    play(GearmanServerOptions.create(), recording, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // gearmand reads numbers as C does, in 32 bits.
        "g03_background_status | WORK_STATUS with non-numeric",
        // Our server wakes the worker.
        "g11_grab_and_sleep    | CAN_DO while asleep",
        // Our server closes the connection.
        "g13_reduce            | with only four arguments",
        // gearmand damages the payload behind such a unique.
        "g15_unique_too_long   | unique of 64 bytes",
      })
  void the_beginning_of_a_recording(String recording, String untilNote) {
    play(GearmanServerOptions.create(), recording, untilNote);
  }

  @Test
  void all_that_the_options_change() {
    play(GearmanServerOptions.create().exceptions(true), "g05_exception_broker_flag", "");
    play(GearmanServerOptions.create().jobRetries(2), "g08_job_retries_2", "");
    play(GearmanServerOptions.create().roundRobin(true), "g11_function_order_round_robin", "");
  }
}
