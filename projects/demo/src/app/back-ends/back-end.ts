import type { SeededUser } from '../server/seeded-users';

export type BackEndName =
  | 'jwt-server'
  | 'averos'
  | 'feathers'
  | 'space-cloud'
  | 'eight-base'
  | 'firebase'
  | 'firebase-sdk'
  | 'cognito'
  | 'clerk'
  | 'oidc';

/** The values of a back end's fields, by the names of the fields. */
export type FieldValues = Readonly<Record<string, string>>;

/** Something to be known about a back end before it can be asked. Its name is that of the query parameter, too. */
export interface BackEndField {
  readonly name: string;
  readonly label: string;
  /**
   * - `local-url`: a server on this machine, because passwords are typed into the demo
   * - `issuer`: any server by https, because its users sign in on its own pages
   */
  readonly kind: 'local-url' | 'issuer' | 'text';
  /** What it is if nobody says anything else. */
  readonly usual: string;
}

/** How users of the back end sign in. */
export type SignInWay =
  | { readonly by: 'password'; readonly label: string; readonly member: 'username' | 'userName' | 'email' }
  | { readonly by: 'redirect' }
  | { readonly by: 'vendor'; readonly vendor: string };

/** An API of the back end that wants the token. */
export interface SampleApi {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: object;
}

/** A kind of back end that the demo can be switched to. */
export interface BackEnd {
  readonly name: BackEndName;
  readonly title: string;
  readonly summary: string;
  /** What an application writes. */
  readonly code: string;
  /** The command that starts it here; `null` where there is nothing to start. */
  readonly start: string | null;
  readonly fields: readonly BackEndField[];
  readonly signIn: SignInWay;
  /** What else a user may sign in by: the words on the button, and what `login` takes. */
  readonly instead?: { readonly label: string; readonly input: object };
  /** Whether tokens are renewed. Else the user signs in again when one has run out. */
  readonly renews: boolean;
  readonly users: readonly SeededUser[];
  api?(values: FieldValues): SampleApi | null;
}
