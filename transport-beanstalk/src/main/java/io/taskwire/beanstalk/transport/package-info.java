/* SPDX-License-Identifier: Apache-2.0 */
/** Tasks over beanstalkd: URIs {@code beanstalk://host:11300}. */
package io.taskwire.beanstalk.transport;
