/* SPDX-License-Identifier: Apache-2.0 */
/** A link that can be cut, stalled, slowed down and refused, to be put between a queue and its broker. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck.proxy;
