/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire benchmarks. */
package io.taskwire.benchmarks;
