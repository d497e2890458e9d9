/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck;

/** A typed input. */
record Order(String item, int count) {}
