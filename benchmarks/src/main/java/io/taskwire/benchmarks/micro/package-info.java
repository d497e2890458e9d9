/* SPDX-License-Identifier: Apache-2.0 */
/** What the steps of a task take by themselves, on one thread and without a broker: run by JMH, see {@code bin/micro}. */
@org.jspecify.annotations.NullMarked
package io.taskwire.benchmarks.micro;
