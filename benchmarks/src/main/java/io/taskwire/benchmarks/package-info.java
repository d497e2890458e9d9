/* SPDX-License-Identifier: Apache-2.0 */
/** How fast Taskwire is, beside programs that do the same work over raw sockets against the same broker. */
@org.jspecify.annotations.NullMarked
package io.taskwire.benchmarks;
