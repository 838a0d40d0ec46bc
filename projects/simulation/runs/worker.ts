import { parentPort, workerData } from 'node:worker_threads';
import { loadEngine } from '../engine/load-engine';
import { type ChunkReport, runChunk } from './run-chunk';

/** What a worker is told when it is made. */
export interface WorkerStart {
  readonly engine: string;
  /** Where it notes which world it is in, counted from one. */
  readonly progress: SharedArrayBuffer;
}

/** Some worlds to run. */
export interface Chunk {
  /** Of random worlds; or the number of the first order. */
  readonly seed: number;
  readonly worlds: number;
  readonly path?: string;
  /** Not random worlds, but every order of so many moves. */
  readonly depth?: number;
}

export type WorkerAnswer = { readonly report: ChunkReport } | { readonly error: string };

const { engine, progress } = workerData as WorkerStart;
const library = await loadEngine(engine);
const current = new Int32Array(progress);

parentPort?.on('message', (chunk: Chunk) => {
  Atomics.store(current, 0, 0);
  const begin = (): void => void Atomics.add(current, 0, 1);
  void runChunk(library, chunk, begin).then(
    report => parentPort?.postMessage({ report } satisfies WorkerAnswer),
    (error: unknown) => parentPort?.postMessage({ error: String(error) } satisfies WorkerAnswer),
  );
});
