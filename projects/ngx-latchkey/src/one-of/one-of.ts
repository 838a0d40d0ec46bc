import {
  type AuthHttp,
  type AuthProvider,
  type Callback,
  type Challenge,
  type Grant,
  type Held,
  type Json,
  type Redirect,
  type RenewableSession,
  type Rotation,
  type UrlRule,
  authError,
  isJsonObject,
  isRefusal,
  unexpectedAnswer,
} from 'ngx-latchkey/core';
import { type Choice, chosen, marked, unmarked } from './choice';

/** What `login` takes: which of the providers, by the name that it was given, and what that one wants. */
export interface OneOfInput {
  /** The name that it was given in `oneOf({ … })`. */
  readonly provider: string;
}

/** Options of {@link oneOf}. */
export interface OneOfOptions {
  /** Where the token may go, whoever handed it out. The providers' own `api` options do not count: a token of one is no business of another's APIs. */
  readonly api: readonly UrlRule[];
}

/** From the most careful. */
const ROTATIONS: readonly Rotation[] = ['strict', 'grace', 'idempotent', 'none'];

/**
 * A sign-in that offers several back ends, and one session of whichever the user chooses. Each tab and each reload knows which it is.
 *
 * The user's id begins with the name of the provider, since two of them may call different people the same. Sessions that an SDK keeps
 * (`clerk()`, `fromFirebaseAuth()`) cannot be among them.
 *
 * @throws AuthError `unsupported-choice`
 *
 * @example
 * provideAuth(oneOf({ company: keycloak({ … }), local: jwtServer({ url }) }, { api: ['https://api.example.com'] }))
 * // auth.login({ provider: 'company' }), auth.login({ provider: 'local', username, password })
 */
export function oneOf(
  providers: Readonly<Record<string, AuthProvider<never>>>,
  { api }: OneOfOptions,
): AuthProvider<OneOfInput> {
  const choices = Object.entries(providers).map(([name, provider]): Choice => ({
    name,
    provider: provider,
  }));
  for (const { name, provider } of choices) {
    if (provider.session.kind === 'delegated') throw authError('misconfigured', 'unsupported-choice', name);
  }
  const of = (held: Held): Choice => chosen(choices, held);
  const named = (name: unknown): Choice => {
    const choice = choices.find(one => one.name === name);
    if (choice === undefined) throw authError('needs-user', 'invalid-input', `provider: ${names(choices)}`);
    return choice;
  };
  const outcome = (choice: Choice, result: Grant | Challenge | Redirect): Grant | Challenge | Redirect => {
    if ('token' in result) return marked(choice, result);
    return { ...result, transaction: { provider: choice.name, transaction: result.transaction } };
  };

  const callback = callbackOf(choices, async (choice, url, transaction, http) => {
    const grant = await choice.provider.signIn.callback?.complete(url, transaction, http);
    if (grant === undefined) throw authError('misconfigured', 'no-callback', choice.name);
    return marked(choice, grant);
  });

  return {
    id: 'one-of',
    audience: choices.map(({ name, provider }) => `${name} ${provider.id} ${provider.audience}`).join(', '),
    endpoints: choices.flatMap(({ provider }) => provider.endpoints),
    signIn: {
      async start({ provider: name, ...input }, http) {
        const choice = named(name);
        return outcome(choice, await choice.provider.signIn.start(input, http));
      },
      async answer(challenge, input, http) {
        const { provider: name, transaction } = transactionIn(challenge.transaction);
        const choice = named(name);
        const { answer } = choice.provider.signIn;
        if (answer === undefined) throw authError('misconfigured', 'unanswerable', choice.name);
        const result = await answer({ ...challenge, transaction }, input, http);
        return outcome(choice, result) as Grant | Challenge;
      },
      ...(callback && { callback }),
    },
    session: {
      kind: 'renewable',
      secret: 'held',
      rotation:
        ROTATIONS.find(rotation => choices.some(({ provider }) => rotationOf(provider) === rotation)) ??
        'none',
      renew: {
        request(held) {
          const { session } = of(held).provider;
          if (session.kind !== 'renewable') throw authError('not-now', 'not-renewable');
          return session.renew.request(unmarked(held));
        },
        read(answer, held) {
          const choice = of(held);
          const { session } = choice.provider;
          if (session.kind !== 'renewable') throw authError('not-now', 'not-renewable');
          const result = session.renew.read(answer, unmarked(held));
          return 'token' in result ? marked(choice, result, held) : result;
        },
      },
      ...(choices.some(({ provider }) => checkOf(provider)) && {
        check: {
          request(held) {
            const check = checkOf(of(held).provider);
            // Nothing is asked, and nothing changes.
            if (check === undefined) throw authError('not-now', 'not-renewable');
            return check.request(unmarked(held));
          },
          read(answer, held) {
            const choice = of(held);
            const user = checkOf(choice.provider)?.read(answer, unmarked(held)) ?? unexpectedAnswer(answer);
            return isRefusal(user) ? user : { ...user, id: `${choice.name}:${user.id}` };
          },
        },
      }),
      end: {
        request(held) {
          const { session } = of(held).provider;
          const end = session.kind === 'delegated' ? undefined : session.end;
          if (end === undefined) throw authError('misconfigured', 'not-revocable', of(held).name);
          return end.request(unmarked(held));
        },
        read(answer, held) {
          const { session } = of(held).provider;
          return session.kind === 'delegated' ? undefined : session.end?.read(answer, unmarked(held));
        },
      },
    },
    api: {
      origins: api,
      token(held) {
        const mine = unmarked(held);
        return of(held).provider.api.token?.(mine) ?? mine.token;
      },
      headers(held) {
        const mine = unmarked(held);
        return of(held).provider.api.headers?.(mine) ?? { Authorization: `Bearer ${mine.token}` };
      },
      judge(answer, held) {
        const { judge } = of(held).provider.api;
        return judge?.(answer, unmarked(held)) ?? (answer.status === 401 ? 'token-dead' : 'pass');
      },
    },
    async identify(held, http) {
      const choice = of(held);
      const user = await choice.provider.identify?.(unmarked(held), http);
      if (user === undefined) throw authError('not-now', 'unexpected-answer');
      return { ...user, id: `${choice.name}:${user.id}` };
    },
    factory: oneOf,
  };
}

/** The way back from elsewhere, of whichever provider the sign-in began with. */
function callbackOf(
  choices: readonly Choice[],
  complete: (choice: Choice, url: URL, transaction: Json, http: AuthHttp) => Promise<Grant>,
): Callback | undefined {
  const callbacks = choices.flatMap(({ provider }) => provider.signIn.callback ?? []);
  const [first] = callbacks;
  if (first === undefined) return undefined;
  return {
    stateIn: url => callbacks.map(callback => callback.stateIn(url)).find(state => state !== null) ?? null,
    // What belongs to none of them stays, such as a fragment that another would take for its own.
    cleaned: url =>
      callbacks
        .filter(callback => callback.stateIn(url) !== null)
        .reduce((left, callback) => callback.cleaned(left), url),
    async complete(url, data, http) {
      const { provider: name, transaction } = transactionIn(data);
      const choice = choices.find(one => one.name === name);
      if (choice === undefined) throw authError('needs-user', 'transaction-unknown');
      return complete(choice, url, transaction, http);
    },
    signOut(held, state) {
      const { callback } = chosen(choices, held).provider.signIn;
      return callback?.signOut?.(unmarked(held), state) ?? null;
    },
    flow: () => first.flow(),
  };
}

function transactionIn(data: Json): { readonly provider: unknown; readonly transaction: Json } {
  const { provider, transaction = null } = isJsonObject(data) ? data : {};
  return { provider, transaction: transaction };
}

function rotationOf({ session }: AuthProvider): Rotation {
  return session.kind === 'renewable' ? session.rotation : 'none';
}

/** What is asked after a renewal; a session that cannot be renewed has none to be asked after. */
function checkOf({ session }: AuthProvider): RenewableSession['check'] {
  return session.kind === 'renewable' ? session.check : undefined;
}

function names(choices: readonly Choice[]): string {
  return choices.map(({ name }) => `"${name}"`).join(' or ');
}
