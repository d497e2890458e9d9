/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One socket to a Gearman server: what waits on it, in which order it is answered, and how it ends. Client, worker, admin
 * and the task transport stand on it. Everything belongs to one event loop.
 */
package io.taskwire.gearman.connection;
