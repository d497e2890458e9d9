/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The process around a queue, as far as it configures it. */
public final class Sources {

  static final String CONFIG_PROPERTY = "taskwire.config";
  static final String CONFIG_VARIABLE = "TASKWIRE_CONFIG";

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final List<ClassLoader> loaders;

  /**
   * Gives a process by its parts.
   *
   * @param properties system properties; only those that begin with {@code taskwire.} are looked at
   * @param environment environment variables; only those that begin with {@code TASKWIRE_} and are not empty are looked at
   * @param loaders where {@code taskwire.properties} is looked for, in this order
   */
  public Sources(
      Map<String, String> properties, Map<String, String> environment, List<ClassLoader> loaders) {
    this.properties = only(properties, entry -> entry.getKey().startsWith(Spelling.PREFIX));
    // Compose files and the like can't unset a variable, they set it to nothing.
    this.environment = only(
        environment, e -> e.getKey().startsWith("TASKWIRE_") && !e.getValue().isBlank());
    this.loaders = List.copyOf(loaders);
  }

  /**
   * Gives the process that runs this.
   *
   * @return its properties, environment and class path, as they are now
   */
  public static Sources ofProcess() {
    Properties properties = System.getProperties();
    Map<String, String> texts = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      String value = properties.getProperty(key);
      if (value != null) {
        texts.put(key, value);
      }
    }
    return new Sources(texts, System.getenv(), ClassLoaders.ofCaller());
  }

  Source properties() {
    return Source.sorted(
        "system property",
        Spelling.PROPERTY,
        only(properties, entry -> !entry.getKey().equals(CONFIG_PROPERTY)));
  }

  Source environment() {
    return Source.sorted(
        "environment variable",
        Spelling.ENVIRONMENT,
        only(environment, entry -> !entry.getKey().equals(CONFIG_VARIABLE)));
  }

  /** The properties file; one without values if there is none. */
  Source file() {
    String named = properties.get(CONFIG_PROPERTY);
    if (named != null) {
      return PropertiesFile.named(named, CONFIG_PROPERTY);
    }
    @Nullable String variable = environment.get(CONFIG_VARIABLE);
    return variable != null
        ? PropertiesFile.named(variable, CONFIG_VARIABLE)
        : PropertiesFile.onClassPath(loaders);
  }

  private static Map<String, String> only(
      Map<String, String> all, Predicate<Map.Entry<String, String>> wanted) {
    return all.entrySet().stream()
        .filter(wanted)
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
