import {
  HttpBackend,
  HttpClient,
  type HttpContext,
  provideHttpClient,
  withInterceptors,
} from '@angular/common/http';
import { EnvironmentInjector, type Injector, createEnvironmentInjector } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { INSTANT, InstantBackend } from './instant-backend';

/** Milliseconds of each round, and how many of the calls through the library carried a token. */
export interface Rounds {
  readonly bare: readonly number[];
  readonly library: readonly number[];
  readonly authorized: number;
}

/** Rounds of calls one after the other, in turn by a client whose interceptor does nothing and by the application's. */
export async function measureCalls(
  injector: Injector,
  rounds: number,
  calls: number,
  context: HttpContext | undefined,
): Promise<Rounds> {
  const backend = injector.get(InstantBackend);
  const nothing = createEnvironmentInjector(
    [
      provideHttpClient(withInterceptors([(request, next) => next(request)])),
      { provide: HttpBackend, useValue: backend },
    ],
    injector.get(EnvironmentInjector),
  );
  const round = async (client: HttpClient): Promise<number> => {
    const begin = performance.now();
    for (let call = 0; call < calls; call += 1) {
      await firstValueFrom(client.get(INSTANT, context && { context }));
    }
    return performance.now() - begin;
  };
  const [bare, library] = [nothing.get(HttpClient), injector.get(HttpClient)];
  for (let warming = 0; warming < 3; warming += 1) {
    await round(bare);
    await round(library);
  }
  const before = backend.authorized;
  const times: { bare: number[]; library: number[] } = { bare: [], library: [] };
  for (let turn = 0; turn < rounds; turn += 1) {
    times.bare.push(await round(bare));
    times.library.push(await round(library));
  }
  nothing.destroy();
  return { ...times, authorized: backend.authorized - before };
}
