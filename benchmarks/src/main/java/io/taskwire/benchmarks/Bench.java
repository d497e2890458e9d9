/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The program behind {@code bin/bench}. */
public final class Bench {

  private static final int BELOW_FLOOR = 1;
  private static final int USAGE = 2;
  private static final int FAILED = 3;

  /** Not the one in /usr/sbin, which works for root and the user rabbitmq alone. */
  private static final String RABBITMQCTL = "/usr/lib/rabbitmq/bin/rabbitmqctl";

  private final Settings settings;
  private final Pinning pinning;
  private final Report report = new Report();
  private final long start = System.nanoTime();

  private Bench(Settings settings) {
    this.settings = settings;
    this.pinning = new Pinning(settings.core());
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
      settings = CommandLine.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bin/bench: " + e.getMessage() + "\n\n" + CommandLine.USAGE);
      return USAGE;
    }
    if (settings == null) {
      System.out.print(CommandLine.USAGE);
      return 0;
    }
    try {
      Report report = new Bench(settings).measure();
      print(ReportText.of(report), settings.json() ? System.err : System.out);
      Path charts = settings.charts();
      if (charts != null) {
        Charts.write(report, charts).forEach(file -> System.err.println("drew " + file));
      }
      if (settings.json()) {
        print(ReportJson.of(report), System.out);
      }
      return report.fallsShort() ? BELOW_FLOOR : 0;
    } catch (RuntimeException e) {
      System.err.println("bin/bench: measuring failed");
      e.printStackTrace();
      return FAILED;
    }
  }

  /** In UTF-8, whatever the locale. */
  private static void print(String text, PrintStream out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
    out.flush();
  }

  private Report measure() {
    report.circumstance("processor", Machine.processor());
    report.circumstance(
        "cores", Machine.cores() + "; if one, number " + pinning.cores(Placement.ONE_CORE));
    report.circumstance("system", Machine.system());
    report.circumstance("java", Machine.java() + ", " + String.join(" ", settings.jvmFlags()));
    report.circumstance("payload", Payload.SIZE + " bytes, a byte[] through msgpack both ways");
    report.circumstance(
        "rounds",
        settings.rounds() + " of " + settings.lap().toMillis()
            + " ms each in each placement, medians");
    report.circumstance("load average before", load());
    for (String broker : settings.brokers()) {
      switch (broker) {
        case "memory" -> measure(Suites::memory);
        case "gearman" -> onGearmand(GearmanSuites::gearmand);
        case Settings.GEARMAN_SERVER -> onGearmand(GearmanSuites::ownServer);
        case "beanstalkd" ->
          withProgram("beanstalkd", "beanstalkd", Suites::beanstalkd, "beanstalkd", "-v");
        case "rabbitmq" ->
          withProgram(
              "rabbitmq-server", "rabbitmq-server", Suites::rabbitmq, RABBITMQCTL, "version");
        case Settings.COMPARISONS -> measure(Comparisons::all);
        default -> throw new IllegalArgumentException(broker);
      }
    }
    new Limits(settings, pinning, report).measure();
    report.circumstance("load average after", load());
    report.circumstance("took", Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    noteWhatIsMissing();
    return report;
  }

  private static String load() {
    return String.format(Locale.ROOT, "%.2f", Machine.load());
  }

  private void onGearmand(Function<Settings, Suite> suite) {
    withProgram("gearmand", "gearman-job-server", suite, "gearmand", "--version");
  }

  private void withProgram(
      String program, String debianPackage, Function<Settings, Suite> suite, String... version) {
    if (!Machine.hasProgram(program)) {
      report.leftOut(
          program + " is not installed: bin/test installs it, or apt-get install " + debianPackage);
      return;
    }
    report.circumstance(program, Machine.says(version));
    measure(suite);
  }

  private void measure(Function<Settings, Suite> opening) {
    try (Suite suite = opening.apply(settings)) {
      if (suite.rows().isEmpty()) {
        return;
      }
      System.err.println(suite.broker() + ": warming up");
      suite.warmUp(settings.warmUp());
      List<Placement> placements = placements();
      for (int round = 0; round < settings.rounds(); round++) {
        for (Placement placement : placements) {
          System.err.println(suite.broker() + ": round " + (round + 1) + " of " + settings.rounds()
              + " on " + placement);
          in(placement, suite, round);
        }
        Collections.reverse(placements);
      }
      report.add(suite.rows());
      suite.limits().forEach(report::add);
    }
  }

  private void in(Placement placement, Suite suite, int round) {
    if (placement == Placement.ANY_CORE) {
      suite.round(round, placement, settings.lap());
      return;
    }
    pinning.to(placement);
    try {
      suite.round(round, placement, settings.lap());
    } finally {
      pinning.to(Placement.ANY_CORE);
    }
  }

  private List<Placement> placements() {
    List<Placement> possible = new ArrayList<>(settings.placements());
    if (!Pinning.isPossible()) {
      possible.remove(Placement.ONE_CORE);
    }
    return possible;
  }

  private void noteWhatIsMissing() {
    if (settings.jdk25() == null) {
      report.leftOut("virtual threads: there is no JDK 25, see --jdk25");
    }
    if (!Pinning.isPossible()) {
      report.leftOut("everything on one core: there is no taskset, apt-get install util-linux");
    }
    if (!Files.isExecutable(settings.yardsticks().resolve("gear_roof"))) {
      report.leftOut("everything in C: no cc and make, apt-get install gcc make libc6-dev");
    } else if (!Files.isExecutable(settings.yardsticks().resolve("lg_bench"))) {
      report.leftOut("libgearman: apt-get install libgearman-dev");
    }
  }
}
