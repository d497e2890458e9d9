/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Holds a generic type, which a class literal cannot: {@code new TypeRef<List<Order>>() {}}.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

  private final Type type;

  /**
   * Captures the type argument of the anonymous subclass.
   *
   * @throws IllegalStateException if the subclass gives no type argument
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)
        || parameterized.getRawType() != TypeRef.class) {
      throw new IllegalStateException(
          "write new TypeRef<List<Order>>() {}, with the type and the braces");
    }
    this.type = parameterized.getActualTypeArguments()[0];
  }

  /**
   * Gives the type.
   *
   * @return the captured type
   */
  public final Type type() {
    return type;
  }
}
