import { pathToFileURL } from 'node:url';

/** The real engine and the real provider, as the simulation runs them. */
export type EngineLibrary = typeof import('./engine-entry');

/** Loads a bundle of the engine. */
export async function loadEngine(file: string): Promise<EngineLibrary> {
  return (await import(pathToFileURL(file).href)) as EngineLibrary;
}
