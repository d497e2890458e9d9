/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How a transport, or one live session of it, has each {@link Feature}. Immutable. */
public final class Capabilities {

  private final EnumMap<Feature, Support> support;

  private Capabilities(EnumMap<Feature, Support> support) {
    this.support = support;
  }

  /**
   * Capabilities with nothing in them.
   *
   * @return each feature {@link Support#NONE}
   */
  public static Capabilities none() {
    EnumMap<Feature, Support> all = new EnumMap<>(Feature.class);
    for (Feature feature : Feature.values()) {
      all.put(feature, Support.NONE);
    }
    return new Capabilities(all);
  }

  /**
   * The same with one feature changed.
   *
   * @param feature the feature
   * @param how how it is had from now on
   * @return new capabilities
   */
  public Capabilities with(Feature feature, Support how) {
    EnumMap<Feature, Support> changed = new EnumMap<>(support);
    changed.put(feature, how);
    return new Capabilities(changed);
  }

  /**
   * The same with some features native.
   *
   * @param features the features
   * @return new capabilities
   */
  public Capabilities natively(Feature... features) {
    Capabilities changed = this;
    for (Feature feature : features) {
      changed = changed.with(feature, Support.NATIVE);
    }
    return changed;
  }

  /**
   * The same with some features emulated.
   *
   * @param features the features
   * @return new capabilities
   */
  public Capabilities emulated(Feature... features) {
    Capabilities changed = this;
    for (Feature feature : features) {
      changed = changed.with(feature, Support.EMULATED);
    }
    return changed;
  }

  /**
   * What both have: each feature as the one has it that has less of it.
   *
   * @param other other capabilities
   * @return the intersection
   */
  public Capabilities and(Capabilities other) {
    Capabilities common = this;
    for (Feature feature : Feature.values()) {
      Support theirs = other.of(feature);
      if (theirs == Support.NONE || (theirs == Support.EMULATED && has(feature))) {
        common = common.with(feature, theirs);
      }
    }
    return common;
  }

  /**
   * Tells how a feature is had.
   *
   * @param feature the feature
   * @return native, emulated or none
   */
  public Support of(Feature feature) {
    return support.getOrDefault(feature, Support.NONE);
  }

  /**
   * Tells whether a feature can be asked for.
   *
   * @param feature the feature
   * @return false if it would be refused
   */
  public boolean has(Feature feature) {
    return of(feature) != Support.NONE;
  }

  /**
   * Lists all of them.
   *
   * @return every feature with how it is had, in the order of the enum, unmodifiable
   */
  public Map<Feature, Support> asMap() {
    return Collections.unmodifiableMap(support);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Capabilities that && that.support.equals(support);
  }

  @Override
  public int hashCode() {
    return support.hashCode();
  }

  @Override
  public String toString() {
    return support.toString();
  }
}
