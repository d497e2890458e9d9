/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something was asked of a transport that it cannot do honestly. Nothing was sent. */
public final class UnsupportedOptionException extends TaskException {

  private static final long serialVersionUID = 1L;

  /** What was asked for. */
  private final Feature feature;

  /**
   * Creates the exception.
   *
   * @param feature what was asked for
   * @param transport the transport that lacks it
   * @param availableOn the transports that have it, as far as they are known here
   * @param taskName the task's name, null where no task is concerned
   */
  public UnsupportedOptionException(
      Feature feature, String transport, List<String> availableOn, @Nullable String taskName) {
    super(describe(feature, transport, availableOn), taskName, null, true, null);
    this.feature = feature;
  }

  /**
   * Creates the exception for a feature that the transport has in general, but not as it was asked for.
   *
   * @param feature what was asked for
   * @param message what cannot be had, why, and what can
   * @param taskName the task's name, null where no task is concerned
   */
  public UnsupportedOptionException(Feature feature, String message, @Nullable String taskName) {
    super(message, taskName, null, true, null);
    this.feature = feature;
  }

  private static String describe(Feature feature, String transport, List<String> availableOn) {
    return transport
        + " does not support "
        + feature.label()
        + (availableOn.isEmpty()
            ? "; no transport on the class path does"
            : "; it is available on " + String.join(", ", availableOn));
  }

  /**
   * Names what was asked for.
   *
   * @return the feature
   */
  public Feature feature() {
    return feature;
  }
}
