/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire on memory. */
package io.taskwire.memory;
