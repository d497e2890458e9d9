/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Gearman for the JVM, and Taskwire over it: URIs {@code gearman://host:4730}.
 */
package io.taskwire.gearman;
