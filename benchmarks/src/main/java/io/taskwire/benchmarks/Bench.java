/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The program behind {@code bin/bench}. */
public final class Bench {

  private static final int BELOW_FLOOR = 1;
  private static final int USAGE = 2;
  private static final int FAILED = 3;

  /** Not the one in /usr/sbin, which works for root and the user rabbitmq alone. */
  private static final String RABBITMQCTL = "/usr/lib/rabbitmq/bin/rabbitmqctl";

  private final Settings settings;
  private final Suites suites;
  private final Report report = new Report();

  private Bench(Settings settings) {
    this.settings = settings;
    this.suites = new Suites(settings);
  }

  /**
   * Runs it and ends the JVM.
   *
   * @param args as {@code --help} explains them
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> arguments) {
    Settings settings;
    try {
      settings = Settings.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bin/bench: " + e.getMessage() + "\n\n" + Settings.USAGE);
      return USAGE;
    }
    if (settings == null) {
      System.out.print(Settings.USAGE);
      return 0;
    }
    try {
      Report report = new Bench(settings).measure();
      if (settings.json()) {
        System.err.print(report.table());
        System.out.print(report.json());
      } else {
        System.out.print(report.table());
      }
      return report.fallsShort() ? BELOW_FLOOR : 0;
    } catch (RuntimeException e) {
      System.err.println("bin/bench: measuring failed");
      e.printStackTrace();
      return FAILED;
    }
  }

  private Report measure() {
    report.circumstance("processor", Machine.processor());
    report.circumstance(
        "cores",
        Machine.cores() + ", everything on " + (settings.cpus() == null ? "any" : settings.cpus()));
    report.circumstance("system", Machine.system());
    report.circumstance("java", Machine.java() + ", " + String.join(" ", settings.jvmFlags()));
    report.circumstance("payload", Payload.SIZE + " bytes, a byte[] through msgpack both ways");
    report.circumstance(
        "rounds",
        settings.rounds() + " of " + settings.lap().toMillis()
            + " ms each, medians, asynchronous handlers");
    report.circumstance("load average before", load());
    for (String broker : settings.brokers()) {
      switch (broker) {
        case "memory" -> measure(suites.memory());
        case "gearman" ->
          withProgram("gearmand", "gearman-job-server", suites::gearman, "gearmand", "--version");
        case Settings.GEARMAN_SERVER ->
          withProgram(
              "gearmand", "gearman-job-server", suites::gearmanServer, "gearmand", "--version");
        case "beanstalkd" ->
          withProgram("beanstalkd", "beanstalkd", suites::beanstalkd, "beanstalkd", "-v");
        case "rabbitmq" ->
          withProgram(
              "rabbitmq-server", "rabbitmq-server", suites::rabbitmq, RABBITMQCTL, "version");
        default -> throw new IllegalArgumentException(broker);
      }
    }
    report.circumstance("load average after", load());
    noteMissingYardsticks();
    return report;
  }

  private static String load() {
    return String.format(Locale.ROOT, "%.2f", Machine.load());
  }

  private void withProgram(
      String program, String debianPackage, Supplier<Suite> suite, String... version) {
    if (!Machine.hasProgram(program)) {
      report.leftOut(
          program + " is not installed: bin/test installs it, or apt-get install " + debianPackage);
      return;
    }
    report.circumstance(program, Machine.says(version));
    measure(suite.get());
  }

  private void measure(Suite opened) {
    try (Suite suite = opened) {
      System.err.println(suite.broker() + ": warming up");
      suite.warmUp(settings.warmUp());
      if (settings.cpus() == null) {
        rounds(suite);
      } else {
        String before = Machine.allowedCores();
        Pinning.to(settings.cpus());
        rounds(suite);
        Pinning.to(before);
      }
      report.add(suite.rows());
    }
  }

  private void rounds(Suite suite) {
    for (int round = 0; round < settings.rounds(); round++) {
      System.err.println(suite.broker() + ": round " + (round + 1) + " of " + settings.rounds());
      suite.round(round, settings.lap());
    }
  }

  private void noteMissingYardsticks() {
    if (!Files.isExecutable(settings.yardsticks().resolve("gear_roof"))) {
      report.leftOut("everything in C: no cc and make, apt-get install gcc make libc6-dev");
    } else if (!Files.isExecutable(settings.yardsticks().resolve("lg_bench"))) {
      report.leftOut("libgearman: apt-get install libgearman-dev");
    }
  }
}
