import { parseArgs } from 'node:util';
import { RUNNABLE } from './runnable-back-ends';

// Starts a back end on this machine and prints one line of JSON when it answers:
//   node --import tsx projects/back-ends/start-back-end.ts feathers --port 3030 --token-life 20
// Without --port it takes a free one. With --application http://localhost:4200, Feathers has OAuth for it.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '0' },
    'token-life': { type: 'string' },
    application: { type: 'string' },
  },
});
const [name = ''] = positionals;
const start = RUNNABLE[name];
if (start === undefined) {
  console.error(`There is no back end "${name}". There are: ${Object.keys(RUNNABLE).join(', ')}.`);
  process.exit(1);
}
const tokenLife = values['token-life'];
const running = await start({
  port: Number(values.port),
  tokenLife: tokenLife === undefined ? undefined : Number(tokenLife),
  application: values.application,
});
const stop = (): void => void running.close().finally(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
const { address, users } = running;
console.log(JSON.stringify({ name, url: address, users }));
