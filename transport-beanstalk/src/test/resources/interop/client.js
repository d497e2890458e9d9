// SPDX-License-Identifier: Apache-2.0
// client.js PORT TUBE COMMAND [ARGUMENT…]: one command on a tube, and what came of it in a line.
'use strict';
const { readFileSync } = require('fs');
const { Client } = require('node-beanstalk');

const [port, tube, command, ...words] = process.argv.slice(2);
const numbers = words.map(Number);
const bytes = { serialize: (body) => body, deserialize: (body) => body };
const client = new Client({ host: '127.0.0.1', port: Number(port), serializer: bytes });

async function put(priority, delay, ttr) {
  const { id } = await client.put(readFileSync(0), ttr, priority, delay);
  return `inserted ${id}`;
}

async function peek(state) {
  const job = await { ready: () => client.peekReady(), delayed: () => client.peekDelayed(),
    buried: () => client.peekBuried() }[state]();
  return job ? `found ${job.id} ${job.payload.toString('hex')}` : 'none';
}

async function job(id) {
  const stats = await client.statsJob(id);
  const keys = ['state', 'pri', 'delay', 'ttr', 'reserves', 'timeouts', 'age'];
  return stats ? keys.map((key) => stats[key]).join(' ') : 'none';
}

const commands = {
  put: () => put(...numbers), // PRIORITY DELAY TTR, the body from stdin
  peek: () => peek(words[0]), // ready, delayed or buried
  kick: async () => `kicked ${await client.kick(numbers[0])}`,
  job: () => job(numbers[0]),
  pause: async () => (await client.pauseTube(tube, numbers[0])) ? 'paused' : 'none',
};

(async () => {
  await client.connect();
  await client.use(tube);
  console.log(await commands[command]());
  await client.disconnect();
})();
