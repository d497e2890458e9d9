/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What is behind the public worker. A function belongs to a lane, a lane has a connection to each server, a connection has
 * jobs. Everything belongs to one event loop, but for handlers and what their jobs are told.
 */
package io.taskwire.gearman.worker;
