/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints what the queues of a failed test told, and nothing for the others. */
final class StoryOnFailure implements AfterTestExecutionCallback {

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getRequiredTestInstance() instanceof Contract contract) {
      context
          .getExecutionException()
          .filter(failure -> !(failure instanceof org.opentest4j.TestAbortedException))
          .ifPresent(failure -> System.out.println(
              context.getDisplayName() + " failed. " + contract.bed().story()));
    }
  }
}
