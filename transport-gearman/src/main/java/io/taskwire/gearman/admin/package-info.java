/* SPDX-License-Identifier: Apache-2.0 */
/** What is behind {@link io.taskwire.gearman.GearmanAdmin}: text commands, and the rows of their answers. */
package io.taskwire.gearman.admin;
