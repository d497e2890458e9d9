/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The engine behind {@link io.taskwire.TaskQueue}; not exported. Everything here belongs to the queue's event loop, but
 * for what says otherwise.
 */
package io.taskwire.impl;
