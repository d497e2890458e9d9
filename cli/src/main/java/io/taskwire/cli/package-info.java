/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire cli. */
package io.taskwire.cli;
