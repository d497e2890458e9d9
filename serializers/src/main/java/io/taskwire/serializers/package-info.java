/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The serializers of Taskwire, found by name through {@link java.util.ServiceLoader}: {@code msgpack} (the default),
 * {@code json} and {@code raw}. All are safe for use by many threads at once, none ever reads a class name from the
 * bytes, and all refuse bytes that are left over behind the value.
 *
 * <p>Records and classes are mapped by Jackson, with the same rules in msgpack and JSON:
 *
 * <ul>
 *   <li>Unknown properties are ignored, so that a peer may add some. A missing or null property is null, and an error
 *       where the component is a primitive: a silent 0 would be a lie. Evolve with wrappers or {@code Optional}.
 *   <li>Nothing is converted that would change it: no text for a number, no fraction for an integer, no number out of
 *       range, no ordinal for an enum, no key twice.
 *   <li>{@code java.time} travels as ISO-8601 text, enums by name, an empty {@code Optional} as null.
 *   <li>Where only {@code Object} is asked for, integers are {@code Long} whatever their size ({@code BigInteger} beyond
 *       its range), fractions {@code Double}, maps {@code LinkedHashMap}, arrays {@code ArrayList}.
 *   <li>In a named module the package of a record that is not public and exported must be opened to Jackson.
 * </ul>
 */
@NullMarked
package io.taskwire.serializers;

import org.jspecify.annotations.NullMarked;
