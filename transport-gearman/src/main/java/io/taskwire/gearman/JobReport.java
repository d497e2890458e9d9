/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.util.List;
import java.util.stream.Stream;

/**
 * How a wait for several jobs came out.
 *
 * @param done those that have got there, each with its {@link GearmanJob#state}, in the order they were given
 * @param open those that have not, in the order they were given; each is {@link JobState#TIMED_OUT} until it ends or is
 *     waited for again
 */
public record JobReport(List<GearmanJob> done, List<GearmanJob> open) {

  /**
   * Copies the lists.
   *
   * @param done those that have got there
   * @param open those that have not
   */
  public JobReport {
    done = List.copyOf(done);
    open = List.copyOf(open);
  }

  /**
   * Tells whether the wait was not in vain for any.
   *
   * @return true if none is open
   */
  public boolean isAllDone() {
    return open.isEmpty();
  }

  /**
   * Gives those in one state.
   *
   * @param state such as {@link JobState#LOST}
   * @return in the order they were given
   */
  public List<GearmanJob> in(JobState state) {
    return Stream.concat(done.stream(), open.stream())
        .filter(job -> job.state() == state)
        .toList();
  }
}
