# SPDX-License-Identifier: Apache-2.0
"""RQ's side: the function that its worker runs, and the client, which answers "run MILLIS" with "ok CALLS NANOSECONDS 0 0 0"."""
import os
import sys
import time

from redis import Redis
from rq import Queue
from rq.job import Job


def echo(payload):
    return payload


def client(window):
    connection = Redis.from_url(os.environ["REDIS_URL"])
    queue = Queue("echo", connection=connection)
    for line in sys.stdin:
        end = time.monotonic_ns() + int(line.split()[1]) * 1_000_000
        start, done = time.monotonic_ns(), 0
        while time.monotonic_ns() < end:
            payloads = [(done + i).to_bytes(8, "little") + bytes(56) for i in range(window)]
            open_jobs = [(p, queue.enqueue("rq_echo.echo", p, result_ttl=60)) for p in payloads]
            for payload, job in open_jobs:
                while not job.get_status(refresh=True) == "finished":  # RQ has no way to wait but to ask
                    time.sleep(0.001)
                if Job.fetch(job.id, connection=connection).result != payload:
                    raise ValueError("another payload came back")
                done += 1
        print("ok", done, time.monotonic_ns() - start, 0, 0, 0, flush=True)


if __name__ == "__main__":
    client(int(sys.argv[1]))
