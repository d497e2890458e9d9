/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.broker.Broker;
import io.taskwire.tck.broker.RabbitmqBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each example and compares what it prints. */
class ExamplesTest {

  /** Programs of their own process, with tests of their own. */
  private static final List<String> RUN_ELSEWHERE = List.of("AnyBackend", "ProductionWorker");

  private static final Map<String, String> OUTPUTS = Map.ofEntries(
      Map.entry("AioqueuePeers", """
              Receipt[order=A-1, cents=900]
              nothing to charge for A-2
              """),
      Map.entry("AioqueueReadme", """
              hello
              world
              Hello
              accepted: true
              {message=Go}
              """),
      Map.entry("AioqueueTimeout", """
              Result of slow_task: Hello, world
              Timed out waiting for result. As expected.
              """),
      Map.entry("ApiTour", """
              DELAYED
              true
              Receipt[orderId=A-1, cents=900]
              sent, it has an id: true
              world
              pict
              null
              """),
      Map.entry("AsyncHandler", """
              Offer[flight=a flight from Rome, hotel=a hotel in Oslo]
              """),
      Map.entry("BeanstalkAdminTour", """
              draining: false
              default: 0 ready, 0 buried
              mail: 1 ready, 1 buried
              to Ann
              1 kicked
              2 deleted
              """),
      Map.entry("BeanstalkConsuming", """
              done
              """),
      Map.entry("BeanstalkJsonQueue", """
              fail(), attempt 1
              greet(Ann, language=de), attempt 1
              fail(), attempt 2
              """),
      Map.entry("BeanstalkJsonWorker", """
              greets Ann in de
              fails
              fails
              """),
      Map.entry("BeanstalkPipelining", """
              the last one is job 1000
              nothing else goes over a connection that waits: false
              second
              """),
      Map.entry("BeanstalkProducing", """
              charge(1300, customer=Ann) is job 1
              2 placed, 1 refused, 0 unknown
              """),
      Map.entry("BeanstalkPut", """
              Job queued with id 1
              """),
      Map.entry("BeanstalkReplies", """
              queued with id 1
              not queued: JobTooBig[]
              NotFound[]
              no answer came
              """),
      Map.entry("BeanstalkReserving", """
              send
              send later
              send nowhere
              1 delayed, 1 buried
              1 deleted
              """),
      Map.entry("Demo", """
              Opening a task queue on memory:
              Connected, and three handlers are live: price, note, xor
              1. A typed task: price of Order[id=A-1, apples=4]
                result: Receipt[orderId=A-1, price=100 cents]
              2. A task that fails: price of Order[id=A-2, apples=0]
                its caller gets: task "price" (<id>): failed with java.lang.IllegalArgumentException: no apples in order A-2
              3. A task without response: note
                accepted as <id>
                its handler got: the caller did not wait
              4. A raw task: xor of the bytes 00 0d 0a c1
                result: ff f2 f5 3e
              Closed. The same on a broker: bin/demo gearman://localhost, beanstalk://localhost or amqp://localhost
              """),
      Map.entry("Failures", """
              charged 500
              HANDLER java.lang.IllegalArgumentException: negative amount -1
              HANDLER limit-exceeded: the card allows less {"limit":100000}
              DECODE io.taskwire.SerializationException: cannot decode msgpack as java.lang.Integer: expected Integer, found a msgpack string
              """),
      Map.entry("GearmanAsyncClient", """
              created: greet
              status: 1/2
              data: Hello\s
              warning: almost there
              complete: Ann
              created: refuse
              EXCEPTION: java.lang.IllegalArgumentException: I do not know Ann
              """),
      Map.entry("GearmanCustomCodec", """
              Point[x=4, y=3]
              """),
      Map.entry("GearmanAdminTour", """
              the queue is full
              resize: 2 waiting, 0 workers
              2 jobs
              2 connections
              the job is FAILED
              UNKNOWN_JOB
              [OK]
              the server has ended
              """),
      Map.entry("GearmanFailureHandling", """
              throws threw java.lang.IllegalArgumentException: no such order
              chosen threw limit-exceeded: the card allows less
              silent failed
              slow threw TIMEOUT: the handler took longer than 0.1 s
              the worker saw throws: no such order
              the worker saw chosen: limit-exceeded: the card allows less
              the worker saw silent: nobody is told
              the worker saw slow: the handler took longer than 0.1 s
              """),
      Map.entry("GearmanJobStatus", """
              known true, running false, null
              known true, running true, Progress[done=1, total=2]
              known false, running false, null
              """),
      Map.entry("GearmanManualWorker", """
              got 84/2
              got 1/0
              42
              EXCEPTION
              """),
      Map.entry("GearmanManyJobs", """
              accepted: 4
              square is LOST
              square is COMPLETE
              square is LOST
              slow is TIMED_OUT
              again: 1
              again: 9
              at last
              16
              """),
      Map.entry("GearmanReverseClient", """
              dlroW olleH, COMPLETE
              """),
      Map.entry("GearmanReverseWorker", """
              dlroW olleH
              HELLO WORLD
              serving [reverse]
              """),
      Map.entry("HandlerLimits", """
              TIMEOUT: the handler took longer than 0.1 s
              a page, rendered
              """),
      Map.entry("Hello", """
              hello world
              """),
      Map.entry("InsideVertx", """
              hello event loop, on the verticle's own context
              hello worker
              """),
      Map.entry("Metrics", """
              100
              50
              / by zero
              3 submitted, 2 completed, 1 failed; 3 handled
              """),
      Map.entry("NestedTasks", """
              385
              """),
      Map.entry("NoResponse", """
              accepted, it has an id: true
              its result is done at once: true
              both were handled
              """),
      Map.entry("Options", """
              QueueOptions{url=memory:orders, retry=1s, retryBackoff=exponential, resultTimeout=5m, drainTimeout=10s, memory.maxTasks=***}
              maxInflight is unknown; did you mean maxInFlight?
              Option 'retry' (URI) can't have the value 'soon': not a duration such as 500ms, 10s, 5m or 1h. Valid: 1ms to 24h, or off.
              """),
      Map.entry("PriorityDelayUnique", """
              printing high
              printing normal
              printing unique
              printing low
              printing delayed
              the last two got: unique, unique
              """),
      Map.entry("ProgressAndData", """
              got page 1
              1 of 2
              got page 2
              2 of 2
              2 pages
              """),
      Map.entry("RabbitmqAdminTour", """
              mail: 2 waiting, 0 consumers
              2 purged
              """),
      Map.entry("RabbitmqQueues", """
              no such card: 4711
              pay.dead has 4711
              printing HIGH
              printing NORMAL
              printing LOW
              news.dead has of yesterday
              """),
      Map.entry("RawBytes", """
              c1 00 0d 0a -> 0a 0d 00 c1
              empty stays empty: 0
              """),
      Map.entry("RetryAndReject", """
              attempt 1 at https://example.org
              attempt 2 at https://example.org
              attempt 3 at https://example.org
              the text of https://example.org
              attempt 1 at mailto:ann@example.org
              REJECTED: not a page: mailto:ann@example.org
              """),
      Map.entry("SerializerPerTask", """
              Order[id=A-1, cents=900]
              [id]
              """),
      Map.entry("SurvivingRestart", """
              the caller is gone
              the report of 2026
              """),
      Map.entry("TimeoutsAndCancelling", """
              timeout: TaskTimeoutException
              this wait is over, the task is QUEUED
              cancelled while queued: true
              cancel: TaskCancelledException
              abandon: TaskCancelledException
              cancelled while running: true
              its handler was told
              """),
      Map.entry("TraceHeaders", """
              hello Ann of tenant 7
              hello Bob of tenant nobody
              """),
      Map.entry("TypedTasks", """
              Receipt[orderId=A-2, cents=450]
              {2026-03-01=1350}
              """),
      Map.entry("UntypedTasks", """
              String hello
              Long 42
              ArrayList [1, two, 3.5]
              LinkedHashMap {tenant=7}
              """));

  static Stream<String> examples() {
    return OUTPUTS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("examples")
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void prints_what_it_should(String example) throws Exception {
    String printed;
    if (example.startsWith("Beanstalk")) {
      printed = output(example, BeanstalkdBroker.create());
    } else if (example.startsWith("Rabbitmq") || example.startsWith("Aioqueue")) {
      printed = output(example, RabbitmqBroker.create());
    } else {
      printed = output(example);
    }

    assertThat(printed.replaceAll("[0-9a-f]{12}-[0-9a-z]+", "<id>"))
        .isEqualTo(OUTPUTS.get(example));
  }

  private static String output(String example, Broker made) throws Exception {
    try (Broker broker = made) {
      broker.start();
      return output(example, broker.url());
    }
  }

  private static String output(String example, String... arguments) throws Exception {
    Method main =
        Class.forName("io.taskwire.examples." + example).getMethod("main", String[].class);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      main.invoke(null, (Object) arguments);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }

  @Test
  void no_example_is_left_out() throws IOException {
    List<String> known = new ArrayList<>(OUTPUTS.keySet());
    known.addAll(RUN_ELSEWHERE);
    Path sources = Project.MODULE.resolve("src/main/java/io/taskwire/examples");
    try (Stream<Path> files = Files.list(sources)) {
      assertThat(files
              .filter(file -> Project.read(file).contains("void main("))
              .map(file -> file.getFileName().toString().replace(".java", "")))
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }
}
