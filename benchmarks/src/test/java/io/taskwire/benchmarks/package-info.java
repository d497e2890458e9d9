/* SPDX-License-Identifier: Apache-2.0 */
/** Tests that the benchmarks count right and report what they counted; nothing is timed. */
@org.jspecify.annotations.NullMarked
package io.taskwire.benchmarks;
