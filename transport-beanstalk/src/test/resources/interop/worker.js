// SPDX-License-Identifier: Apache-2.0
// worker.js PORT TUBE COUNT END [ARGUMENT…]: reserves jobs one after the other, writes "job BODY" for each,
// ends it, and writes how.
'use strict';
const { Client } = require('node-beanstalk');

const [port, tube, count, ending, ...words] = process.argv.slice(2);
const numbers = words.map(Number);
const bytes = { serialize: (body) => body, deserialize: (body) => body };
const client = new Client({ host: '127.0.0.1', port: Number(port), serializer: bytes });

const endings = {
  delete: async (id) => (await client.touch(id)) && client.delete(id),
  bury: (id) => client.bury(id, numbers[0]),
  release: (id) => client.release(id, numbers[0], numbers[1]), // PRIORITY DELAY
};

(async () => {
  await client.connect();
  await client.watch(tube);
  for (let n = 0; n < Number(count); n++) {
    const job = await client.reserveWithTimeout(20);
    console.log(`job ${job.payload.toString('hex')}`);
    console.log((await endings[ending](job.id)) ? ending : 'none');
  }
  await client.disconnect();
})();
