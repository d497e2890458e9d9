/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire on gearman. */
package io.taskwire.gearman;
