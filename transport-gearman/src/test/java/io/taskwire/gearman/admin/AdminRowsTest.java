/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.gearman.ConnectedPeer;
import io.taskwire.gearman.FunctionPriorities;
import io.taskwire.gearman.FunctionStatus;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.ListedJob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of admin lists as gearmand and gear's server write them. */
class AdminRowsTest {

  @Test
  void status_has_jobs_and_workers() {
    FunctionStatus row = AdminRows.functionStatus("resize\t4\t1\t2");

    assertThat(row).isEqualTo(new FunctionStatus("resize", 4, 1, 2));
    assertThat(row.waiting()).isEqualTo(3);
  }

  @Test
  void a_tab_in_a_name_moves_no_column() {
    assertThat(AdminRows.functionStatus("a\tb\t4\t1\t2"))
        .isEqualTo(new FunctionStatus("a\tb", 4, 1, 2));
    assertThat(AdminRows.functionStatus("\t4\t1\t2")).isEqualTo(new FunctionStatus("", 4, 1, 2));
  }

  @Test
  void priorities_have_a_column_each() {
    assertThat(AdminRows.functionPriorities("resize\t1\t2\t3\t4"))
        .isEqualTo(new FunctionPriorities("resize", 1, 2, 3, 4));
  }

  @Test
  void jobs_tell_their_retries_and_whether_they_are_cancelled_and_in_the_background() {
    assertThat(AdminRows.listedJob("H:vm:2\t0\t0\t1"))
        .isEqualTo(new ListedJob("H:vm:2", 0, false, true));
    assertThat(AdminRows.listedJob("H:vm:4\t3\t1\t0"))
        .isEqualTo(new ListedJob("H:vm:4", 3, true, false));
  }

  @Test
  void connections_of_workers_and_clients_are_told_apart() {
    ConnectedPeer worker = AdminRows.connectedPeer("37 127.0.0.1 worker-one : other resize");
    ConnectedPeer client = AdminRows.connectedPeer("39 127.0.0.1 - :");

    assertThat(worker)
        .isEqualTo(new ConnectedPeer(37, "127.0.0.1", "worker-one", List.of("other", "resize")));
    assertThat(worker.isWorker()).isTrue();
    assertThat(client).isEqualTo(new ConnectedPeer(39, "127.0.0.1", "", List.of()));
    assertThat(client.isWorker()).isFalse();
  }

  @Test
  void addresses_with_colons_and_ids_that_are_empty_or_have_blanks_are_read() {
    assertThat(AdminRows.connectedPeer("9 ::1 the second worker : f"))
        .isEqualTo(new ConnectedPeer(9, "::1", "the second worker", List.of("f")));
    assertThat(AdminRows.connectedPeer("9 ::1  : f"))
        .isEqualTo(new ConnectedPeer(9, "::1", "", List.of("f")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "f", "f\t1\t2", "f\t1\tx\t2", "f\t-1\t0\t0", "f\t\t\t"})
  void a_line_that_is_something_else_is_told_with_its_command(String line) {
    assertThatThrownBy(() -> AdminRows.functionStatus(line))
        .isInstanceOf(GearmanException.class)
        .hasMessageContaining("\"status\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "37", "37 127.0.0.1", "37 127.0.0.1 id", "x 127.0.0.1 - : f"})
  void a_connection_that_cannot_be_read_is_told_with_its_command(String line) {
    assertThatThrownBy(() -> AdminRows.connectedPeer(line))
        .isInstanceOf(GearmanException.class)
        .hasMessageContaining("\"workers\"");
  }
}
