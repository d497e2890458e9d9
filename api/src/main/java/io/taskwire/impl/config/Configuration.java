/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.Secret;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TransportProvider;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one configuration of all that a process says about it. */
public final class Configuration {

  private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

  private Configuration() {}

  /**
   * Resolves options in the process that runs this, with the transports on its class path.
   *
   * @param options what is nearest
   * @return the configuration
   * @throws InvalidOptionException if anything of it is not valid, or there is no transport for the URI
   */
  public static ResolvedConfiguration resolve(QueueOptions options) {
    return resolve(options, Transports.load(), Sources.ofProcess());
  }

  /**
   * Resolves options.
   *
   * @param options what is nearest
   * @param providers the transports there are
   * @param sources the process around
   * @return the configuration
   * @throws InvalidOptionException if anything of it is not valid, or there is no transport for the URI
   */
  public static ResolvedConfiguration resolve(
      QueueOptions options, Collection<TransportProvider> providers, Sources sources) {
    Source builder = builder(options);
    Source properties = sources.properties();
    Source environment = sources.environment();
    Source file = sources.file();

    UriText written = UriText.nearest(List.of(builder, properties, environment, file));
    UriText text = written == null ? memory() : written;
    BrokerUri uri = text.parse();
    TransportProvider provider = Transports.choose(uri.scheme(), text, providers);

    Source query = Source.ordered("URI", Spelling.QUERY, uri.query());
    Map<Option<?>, String> values = new LinkedHashMap<>();
    for (Source source : List.of(builder, query, properties, environment, file)) {
      KnownKeys known = new KnownKeys(source.spelling(), provider, providers);
      SourceReader.read(source, known).forEach(values::putIfAbsent);
    }
    if (written != null) {
      values.put(CoreOptions.URL, uri.toString());
    }
    Settings settings = Settings.of(provider.options(), values);
    Relations.check(settings, uri, provider, options.tlsObject() != null);
    return new ResolvedConfiguration(provider, uri, settings);
  }

  private static Source builder(QueueOptions options) {
    Map<String, String> values = new LinkedHashMap<>();
    options.values().forEach((key, value) -> values.put(key, value.reveal()));
    return Source.ordered("QueueOptions", Spelling.BUILDER, values);
  }

  private static UriText memory() {
    LOG.warn(
        "No broker is configured, neither in QueueOptions nor as taskwire.url, TASKWIRE_URL or in"
            + " taskwire.properties. Using memory:, whose tasks are lost when this process ends.");
    return new UriText(Secret.of("memory:"), CoreOptions.URL.key(), "default");
  }
}
