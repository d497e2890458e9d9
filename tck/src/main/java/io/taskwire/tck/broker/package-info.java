/* SPDX-License-Identifier: Apache-2.0 */
/** Brokers for tests: real processes on free ports of this machine, which can be killed, stopped and frozen. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck.broker;
