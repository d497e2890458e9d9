// SPDX-License-Identifier: Apache-2.0
// results.js PORT TUBE call: puts stdin as a task, waits for its reply, and writes what it says.
// results.js PORT TUBE serve COUNT: answers tasks with their own payload, but "fail" with a failure.
'use strict';
const { randomBytes } = require('crypto');
const { readFileSync } = require('fs');
const { Client } = require('node-beanstalk');

const MARK = Buffer.from([0xc1, 0x54, 0x57, 0x01]);
const TTR = 60;
const PRIORITY = 1024;

function envelope(headers, payload) {
  const strings = Object.entries(headers).flat().map((text) => Buffer.from(text))
    .flatMap((text) => [Buffer.from([0xd9, text.length]), text]);
  return Buffer.concat([MARK, Buffer.from([0x80 | Object.keys(headers).length]), ...strings, payload]);
}

function opened(body) {
  if (!body.subarray(0, MARK.length).equals(MARK)) return [{}, body];
  let at = MARK.length;
  const text = () => {
    const first = body[at++];
    const bytes = { 0xd9: 1, 0xda: 2, 0xdb: 4 }[first];
    const size = bytes ? body.readUIntBE(at, bytes) : first & 31;
    at += (bytes || 0) + size;
    return body.toString('utf8', at - size, at);
  };
  const headers = {};
  for (let left = body[at++] & 15; left > 0; left--) headers[text()] = text();
  return [headers, body.subarray(at)];
}

async function call(tube) {
  const replyTo = `tw.r.${randomBytes(16).toString('hex')}.t120`;
  await client.watch(replyTo);
  await client.use(tube);
  await client.put(envelope({ id: '1', 'reply-to': replyTo }, readFileSync(0)), TTR, PRIORITY, 0);
  const job = await client.reserveWithTimeout(20);
  const [headers, payload] = opened(job.payload);
  await client.delete(job.id);
  const { id, code, type, message } = headers;
  console.log(code ? `failure ${id} ${code} ${type} ${message}` : `result ${id} ${payload.toString('hex')}`);
}

async function serve(tube, count) {
  await client.watch(tube);
  for (let n = 0; n < count; n++) {
    const job = await client.reserveWithTimeout(20);
    const [{ id, 'reply-to': replyTo }, payload] = opened(job.payload);
    const fails = payload.toString() === 'fail';
    const failure = fails ? { code: 'HANDLER', type: 'order', message: 'no such order' } : {};
    await client.use(replyTo);
    await client.put(envelope({ id, ...failure }, fails ? Buffer.alloc(0) : payload), TTR, PRIORITY, 0);
    await client.delete(job.id);
  }
}

const [port, tube, role, count] = process.argv.slice(2);
const bytes = { serialize: (body) => body, deserialize: (body) => body };
const client = new Client({ host: '127.0.0.1', port: Number(port), serializer: bytes });

(async () => {
  await client.connect();
  await (role === 'call' ? call(tube) : serve(tube, Number(count)));
  await client.disconnect();
})();
