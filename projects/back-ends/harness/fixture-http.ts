import {
  AuthError,
  type AuthHttp,
  type Json,
  type WireAnswer,
  type WireRequest,
  isRefusal,
} from 'ngx-latchkey/core';
import { type WireFixture, difference, filled, filledText } from './wire-fixture';

/** A server that is nothing but a file: answers a request that is written there, and fails at any other. */
export interface FixtureHttp extends AuthHttp {
  /** The names of the fixtures that were asked for, in order. */
  readonly asked: readonly string[];
  answer(request: WireRequest): WireAnswer;
}

export function fixtureHttp(address: string, fixtures: readonly WireFixture[]): FixtureHttp {
  const asked: string[] = [];
  const answer = (request: WireRequest): WireAnswer => {
    const found = fixtures.find(fixture => asks(fixture, request, address));
    if (found === undefined) throw new Error(`No fixture asks so: ${JSON.stringify(request)}`);
    asked.push(found.name);
    return {
      status: found.answer.status,
      headers: found.answer.headers ?? {},
      json: found.answer.json === undefined ? undefined : filled(found.answer.json),
    };
  };
  return {
    asked,
    answer,
    async send(exchange, input) {
      const outcome = exchange.read(answer(exchange.request(input)), input);
      if (isRefusal(outcome)) throw new AuthError(outcome);
      return outcome;
    },
  };
}

/** Whether the request is the fixture's, to the last member. */
function asks({ request: wanted }: WireFixture, request: WireRequest, address: string): boolean {
  const same = (one: Json | undefined, other: unknown): boolean =>
    difference(filled(one ?? {}), other ?? {}, new Map()) === undefined &&
    JSON.stringify(sorted(filled(one ?? {}))) === JSON.stringify(sorted(other ?? {}));
  return (
    wanted.method === request.method &&
    new URL(filledText(wanted.path), address).href === new URL(request.url, address).href &&
    same(wanted.json, request.json) &&
    same(wanted.form, request.form) &&
    same(lowerCase(wanted.headers), lowerCase(request.headers))
  );
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The same data with its members in order, so that two that say the same are written the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
