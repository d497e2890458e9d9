/* SPDX-License-Identifier: Apache-2.0 */
/** What users of Taskwire import: queues, task types, handlers, options and every exception. */
package io.taskwire;
