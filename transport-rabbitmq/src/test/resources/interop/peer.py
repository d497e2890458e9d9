"""A program that makes the same calls on the wire as one on aioqueue 0.2.0 does, with the AMQP client and the msgpack of
its time. What it writes stands in hex, so that a line is a line.

  peer.py serve PORT TASK [raw]     works on a task until it is killed; what a payload asks for see answer()
  peer.py call PORT TASK [raw]      one task for each line of stdin, which is the payload in hex; writes what came of each
  peer.py send PORT TASK            the same without response
  peer.py flood PORT TASK COUNT     that many tasks at once, with the numbers from 0; writes each hundredth that is sent, and
                                    at last how many results were theirs
"""
import asyncio
import collections
import collections.abc
import sys
import uuid

import aioamqp
import umsgpack

collections.Hashable = collections.abc.Hashable  # where umsgpack 2.3 looks for it, and Python has it no more
HOST = "127.0.0.1"


def say(*words):
    print(*words, flush=True)


def answer(data):
    """What the handler of a task does."""
    if not isinstance(data, str):
        return data
    if data.startswith("raise "):
        raise RuntimeError(data[len("raise "):])
    return {"raise": fail, "none": lambda: None, "bytes": lambda: b"\x00\xff", "tuple": lambda: (1, "two", None)}.get(
        data, lambda: data
    )()


def fail():
    raise RuntimeError()


async def serve(protocol, task, raw):
    channel = await protocol.channel()

    async def deliver(channel, body, envelope, properties):
        try:
            data = body if raw else umsgpack.unpackb(body)
            reply = (None, data if raw else answer(data))
        except Exception as failure:  # whatever it was, its text is the reply
            reply = (str(failure), None)
        if properties.reply_to is not None:
            await channel.basic_publish(
                payload=umsgpack.packb(reply),
                exchange_name="",
                routing_key=properties.reply_to,
                properties={"correlation_id": properties.correlation_id},
            )
        await channel.basic_client_ack(delivery_tag=envelope.delivery_tag)

    await channel.queue_declare(queue_name=task, durable=True)
    await channel.basic_qos(prefetch_count=1, prefetch_size=0, connection_global=False)
    await channel.basic_consume(deliver, queue_name=task)
    say("ready")
    await asyncio.Event().wait()


async def publish(protocol, task, payload, wants_result):
    """Publishes a task on a channel and with a reply queue of its own; gives what its reply will be."""
    channel = await protocol.channel()
    task_id = str(uuid.uuid4())
    reply = asyncio.get_running_loop().create_future()
    reply_to = None
    if wants_result:
        declared = await channel.queue_declare(queue_name="", exclusive=True)
        reply_to = declared["queue"]

        async def deliver(channel, body, envelope, properties):
            # The first message ends the task, whatever it is.
            if not reply.done():
                reply.set_result((body, properties.correlation_id == task_id, properties))
            await channel.queue_delete(reply_to, no_wait=True)

        await channel.basic_consume(deliver, no_ack=True, queue_name=reply_to)
    await channel.queue_declare(task, durable=True)
    await channel.basic_publish(
        payload=payload,
        exchange_name="",
        routing_key=task,
        properties={"correlation_id": task_id, "reply_to": reply_to, "delivery_mode": 2},
    )
    return reply


async def call(protocol, task, wants_result):
    for line in sys.stdin:
        reply = await publish(protocol, task, bytes.fromhex(line.strip()), wants_result)
        if not wants_result:
            say("sent")
            continue
        body, ours, properties = await asyncio.wait_for(reply, 20)
        error, result = umsgpack.unpackb(body)
        extras = [name for name in ("headers", "content_type", "app_id", "type", "expiration", "delivery_mode") if getattr(properties, name, None)]
        if not ours or extras:
            say("confused", ours, *extras)
        elif error is None:
            say("result", umsgpack.packb(result).hex())
        else:
            say("error", error.encode().hex())


async def flood(protocol, task, count):
    replies = []
    for number in range(count):
        replies.append(await publish(protocol, task, umsgpack.packb(number), True))
        if number % 100 == 99:
            say("sent", number + 1)
    right = 0
    for number, reply in enumerate(replies):
        body, ours, _ = await asyncio.wait_for(reply, 30)
        right += ours and umsgpack.unpackb(body) == [None, number]
    say("results", right)


async def main(role, port, task, more):
    transport, protocol = await aioamqp.connect(host=HOST, port=int(port))
    if role == "serve":
        await serve(protocol, task, "raw" in more)
    elif role == "flood":
        await flood(protocol, task, int(more[0]))
    else:
        await call(protocol, task, role == "call")
    await protocol.close()
    transport.close()


asyncio.run(main(*sys.argv[1:4], sys.argv[4:]))
