# SPDX-License-Identifier: Apache-2.0
"""Celery's side: the application with its one task, and the client, which answers "run MILLIS" with "ok CALLS NANOSECONDS 0 0 0"."""
import os
import sys
import time

from celery import Celery

app = Celery("celery_echo", broker=os.environ["REDIS_URL"], backend=os.environ["REDIS_URL"])
app.conf.update(
    worker_prefetch_multiplier=64,
    worker_hijack_root_logger=False,
)


@app.task(name="echo")
def echo(payload):
    return payload


def client(window):
    for line in sys.stdin:
        end = time.monotonic_ns() + int(line.split()[1]) * 1_000_000
        start, done = time.monotonic_ns(), 0
        while time.monotonic_ns() < end:
            payloads = ["%064d" % (done + i) for i in range(window)]  # as text: JSON has no bytes
            for payload, result in [(p, echo.delay(p)) for p in payloads]:
                if result.get(timeout=60) != payload:
                    raise ValueError("another payload came back")
                done += 1
        print("ok", done, time.monotonic_ns() - start, 0, 0, 0, flush=True)


if __name__ == "__main__":
    client(int(sys.argv[1]))
