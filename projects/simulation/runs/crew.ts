import { Worker } from 'node:worker_threads';
import type { ChunkReport } from './run-chunk';
import type { Chunk, WorkerAnswer, WorkerStart } from './worker';

/** Milliseconds that one world may take before it is cut. */
const LONGEST_WORLD = 20_000;
const GLANCE = 1_000;

/** Runs chunks of worlds on one engine, several at a time. */
export class Crew {
  private readonly worker: string;
  private readonly engine: string;
  private readonly size: number;

  /** `worker` and `engine` are the files of the bundles. */
  constructor(worker: string, engine: string, size: number) {
    this.worker = worker;
    this.engine = engine;
    this.size = size;
  }

  /** Runs the chunks in their order until there are none, or `done` says that it is enough. */
  async run(chunks: Iterator<Chunk>, done: (report: ChunkReport) => boolean): Promise<void> {
    const stop = new AbortController();
    const goesOn = (): boolean => !stop.signal.aborted;
    await Promise.all(
      Array.from({ length: this.size }, async () => {
        const member = new CrewMember(this.worker, this.engine);
        for (let next = chunks.next(); next.done !== true && goesOn(); next = chunks.next()) {
          const report = await member.run(next.value);
          if (goesOn() && done(report)) stop.abort();
        }
        await member.leave();
      }),
    );
  }
}

class CrewMember {
  private readonly progress = new SharedArrayBuffer(4);
  private readonly worker: Worker;

  constructor(file: string, engine: string) {
    const workerData: WorkerStart = { engine, progress: this.progress };
    this.worker = new Worker(file, { workerData, execArgv: ['--enable-source-maps'] });
  }

  run(chunk: Chunk): Promise<ChunkReport> {
    return new Promise((resolve, reject) => {
      const watch = this.watch(world => {
        void this.leave();
        resolve(hung(chunk, world));
      });
      this.worker.removeAllListeners();
      this.worker.once('error', reject);
      this.worker.once('message', (answer: WorkerAnswer) => {
        clearInterval(watch);
        if ('report' in answer) resolve(answer.report);
        else reject(new Error(answer.error));
      });
      this.worker.postMessage(chunk);
    });
  }

  async leave(): Promise<void> {
    await this.worker.terminate();
  }

  private watch(cut: (world: number) => void): NodeJS.Timeout {
    const current = new Int32Array(this.progress);
    let [last, since] = [-1, performance.now()];
    const watch = setInterval(() => {
      const world = Atomics.load(current, 0);
      if (world !== last) [last, since] = [world, performance.now()];
      if (performance.now() - since < LONGEST_WORLD) return;
      clearInterval(watch);
      cut(world);
    }, GLANCE);
    return watch;
  }
}

/** A world that never came to an end cannot be made shorter; but it can be found again. */
function hung({ seed, depth }: Chunk, world: number): ChunkReport {
  const broken = `the world hung (number ${world} of its seed, shrinking included)`;
  const again =
    depth === undefined
      ? `npm run simulate -- --seed ${seed}`
      : `npm run simulate:orders -- --depth ${depth} --from ${seed + world - 1} --runs 1`;
  return { worlds: world, counts: {}, finding: { seed, again, worlds: world, broken, script: '' } };
}
