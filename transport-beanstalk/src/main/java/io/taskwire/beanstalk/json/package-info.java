/* SPDX-License-Identifier: Apache-2.0 */
/** JSON values as Java values, both ways, as Python's {@code json} module reads and writes them. */
package io.taskwire.beanstalk.json;
