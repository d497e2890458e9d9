/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire examples. */
package io.taskwire.examples;
