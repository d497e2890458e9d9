/* SPDX-License-Identifier: Apache-2.0 */
/** Tasks over Gearman: URIs {@code gearman://host:4730}. */
package io.taskwire.gearman.transport;
