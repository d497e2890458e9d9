"""Puts and works on tasks as programs on aio-beanstalk do, with nothing but json and socket.

peer.py put HOST PORT TUBE PRIORITY DELAY TTR   puts each call it reads, a line of JSON [name, kwargs, args]
peer.py work HOST PORT TUBE RETRIES SECONDS     works until it was told `stop`; prints a line for each job
"""
import json
import socket
import sys

host, port, tube = sys.argv[2], int(sys.argv[3]), sys.argv[4]
stream = socket.create_connection((host, port)).makefile("rwb")


def ask(line, body=None):
    stream.write(line.encode("ascii") + b"\r\n")
    if body is not None:
        stream.write(body + b"\r\n")
    stream.flush()
    reply = stream.readline().decode("ascii").split()
    if reply[0] in ("RESERVED", "OK"):
        data = stream.read(int(reply[-1]))
        stream.read(2)
        return reply, data
    return reply, None


def put():
    priority, delay, ttr = sys.argv[5:8]
    ask("use " + tube)
    for line in sys.stdin:
        name, kwargs, args = json.loads(line)
        body = json.dumps([name, kwargs] + args, ensure_ascii=False).encode("utf-8")
        reply, _ = ask("put {} {} {} {}".format(priority, delay, ttr, len(body)), body)
        print(*reply, flush=True)


def work():
    retries, seconds = int(sys.argv[5]), int(sys.argv[6])
    tasks = {"echo": lambda *args, **kw: [args, kw], "fail": lambda *args, **kw: 1 / 0}
    ask("watch " + tube)
    ask("ignore default")
    while True:
        reply, data = ask("reserve")
        job = reply[1]
        text = ask("stats-job " + job)[1].decode("utf-8")
        stats = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
        priority, reserves = int(stats["pri"]), int(stats["reserves"])
        name, kwargs, *args = json.loads(data.decode("utf-8"))
        if name == "stop":
            ask("delete " + job)
            return
        try:
            if name not in tasks:
                raise LookupError(name)
            print("done", json.dumps(tasks[name](*args, **kwargs), ensure_ascii=False), flush=True)
            ask("delete " + job)
        except LookupError:
            print("unknown", name, *ask("bury {} {}".format(job, priority))[0], flush=True)
        except Exception:
            if reserves > retries:
                print("failed", name, *ask("bury {} {}".format(job, priority))[0], flush=True)
            else:
                delay = seconds * reserves
                ask("release {} {} {}".format(job, priority + 1, delay))
                print("again", name, reserves, priority + 1, delay, flush=True)


put() if sys.argv[1] == "put" else work()
