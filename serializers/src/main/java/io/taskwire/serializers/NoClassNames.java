/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Refuses to decode types annotated to carry their class name ({@code JsonTypeInfo.Id.CLASS} and its like): whoever can
 * send a class name chooses what code runs. Logical names ({@code Id.NAME}) are not asked about and work.
 */
final class NoClassNames extends PolymorphicTypeValidator.Base {

  private static final long serialVersionUID = 1L;

  @Override
  public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
    return Validity.DENIED;
  }
}
