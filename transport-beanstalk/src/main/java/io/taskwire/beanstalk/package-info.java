/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire on beanstalk. */
package io.taskwire.beanstalk;
