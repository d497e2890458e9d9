/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import java.util.List;
import java.util.Objects;

/**
 * What became of the puts of a batch.
 *
 * @param results one for each body, in their order
 */
public record PutReport(List<PutResult> results) {

  /**
   * Copies the list.
   *
   * @param results one for each body, in their order
   */
  public PutReport {
    results = List.copyOf(results);
  }

  /**
   * Tells whether servers have all jobs.
   *
   * @return false if one put failed at least
   */
  public boolean isComplete() {
    return results.stream().allMatch(PutResult::isPlaced);
  }

  /**
   * Gives the jobs that there are.
   *
   * @return in the order of their bodies
   */
  public List<PlacedJob> placed() {
    return results.stream().map(PutResult::job).filter(Objects::nonNull).toList();
  }

  /**
   * Counts the puts whose outcome nobody knows.
   *
   * @return how many results are {@linkplain PutResult#isUnknown unknown}
   */
  public long unknown() {
    return results.stream().filter(PutResult::isUnknown).count();
  }

  /**
   * Counts the puts that no server has taken: sending their bodies again is safe.
   *
   * @return how many failed in another way
   */
  public long refused() {
    return results.stream()
        .filter(each -> !each.isPlaced() && !each.isUnknown())
        .count();
  }
}
