/* SPDX-License-Identifier: Apache-2.0 */
/** What a test of queues stands on: queues whose every future is accounted for, and the search for leftovers. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck.bed;
