/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.admin;

import io.taskwire.rabbitmq.RabbitmqManagementException;
import io.taskwire.spi.Tls;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.ClientSSLOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The management plugin's HTTP API, as far as it is needed: the names of queues. On the event loop. */
final class Management {

  private static final int PAGE = 500;

  // A page of names of the greatest length is a tenth of it.
  private static final int MOST_BYTES = 4 << 20;

  private static final long SILENCE_MILLIS = 20_000;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final AdminOptions options;
  private @Nullable HttpClient http;

  Management(Vertx vertx, AdminOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** The names of the virtual host's queues, in their order. */
  Future<List<String>> queueNames() {
    return page(1, new ArrayList<>());
  }

  private Future<List<String>> page(int number, List<String> found) {
    return ask("/api/queues/"
            + URLEncoder.encode(options.connection().virtualHost(), StandardCharsets.UTF_8)
                .replace("+", "%20")
            + "?columns=name&sort=name&page_size=" + PAGE + "&page=" + number)
        .compose(answer -> {
          int pages;
          try {
            JsonArray items = answer.getJsonArray("items");
            for (int at = 0; at < items.size(); at++) {
              found.add(items.getJsonObject(at).getString("name"));
            }
            pages = answer.getInteger("page_count");
          } catch (RuntimeException e) {
            return Future.failedFuture(failure("what answers there is no management plugin", e));
          }
          return number < pages ? page(number + 1, found) : Future.succeededFuture(found);
        });
  }

  private Future<JsonObject> ask(String path) {
    RequestOptions request = new RequestOptions()
        .setAbsoluteURI(options.management() + path)
        .setConnectTimeout(options.connection().connectTimeout().toMillis())
        .setIdleTimeout(SILENCE_MILLIS)
        .putHeader(HttpHeaders.AUTHORIZATION, "Basic " + credentials());
    if (options.management().startsWith("https:")) {
      request.setSslOptions(tls());
    }
    return client()
        .request(request)
        .compose(HttpClientRequest::send)
        .recover(cause -> Future.failedFuture(failure(cause.getMessage() + advice(), cause)))
        .compose(response -> body(response).compose(body -> answer(response.statusCode(), body)));
  }

  private HttpClient client() {
    HttpClient client = http;
    if (client == null) {
      client = vertx.createHttpClient();
      http = client;
    }
    return client;
  }

  private ClientSSLOptions tls() {
    Tls tls = options.connection().tls();
    return tls == null
        ? new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS")
        : tls.clientOptions();
  }

  private String credentials() {
    String both =
        options.connection().user() + ":" + options.connection().password().reveal();
    return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private Future<Buffer> body(HttpClientResponse response) {
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(part -> {
      if (body.length() + part.length() > MOST_BYTES) {
        whole.tryFail(failure("its answer has more than " + MOST_BYTES + " bytes", null));
        response.request().reset();
      } else {
        body.appendBuffer(part);
      }
    });
    response.exceptionHandler(
        cause -> whole.tryFail(failure("the answer broke off: " + cause.getMessage(), cause)));
    response.endHandler(end -> whole.tryComplete(body));
    return whole.future();
  }

  private Future<JsonObject> answer(int status, Buffer body) {
    if (status == OK) {
      try {
        return Future.succeededFuture(body.toJsonObject());
      } catch (DecodeException | ClassCastException e) {
        return Future.failedFuture(failure("what answers there is no management plugin", e));
      }
    }
    String said = "it answers with " + status + " " + reason(body);
    return Future.failedFuture(failure(
        switch (status) {
          case UNAUTHORIZED ->
            said + ": the user " + options.connection().user()
                + " needs the right password and the tag management (rabbitmqctl set_user_tags)";
          case NOT_FOUND ->
            said + ": there is no virtual host " + options.connection().virtualHost()
                + ", or no management plugin at that URL";
          default -> said;
        },
        null));
  }

  private static String reason(Buffer body) {
    try {
      return body.toJsonObject().getString("reason", "");
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }

  private static String advice() {
    return "; all queues are listed by the management plugin: enable it at the broker (rabbitmq-plugins enable"
        + " rabbitmq_management), say where it is (management=URL), or name the queues";
  }

  private RabbitmqManagementException failure(String what, @Nullable Throwable cause) {
    return new RabbitmqManagementException(
        "cannot ask the management plugin at " + options.management() + ": " + what, cause);
  }

  Future<Void> close() {
    HttpClient client = http;
    return client == null ? Future.succeededFuture() : client.close();
  }
}
