/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire tck. */
package io.taskwire.tck;
