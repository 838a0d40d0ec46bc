/** A user that the dev auth server starts with. Its password is public. */
export interface SeededUser {
  readonly username: string;
  readonly password: string;
  readonly name: string;
  /** What this user is good for in the demo. */
  readonly shows: string;
}

export const SEEDED_USERS: readonly SeededUser[] = [
  { username: 'ada', password: 'latchkey-ada', name: 'Ada Lovelace', shows: 'admin, sees everything' },
  {
    username: 'grace',
    password: 'latchkey-grace',
    name: 'Grace Hopper',
    shows: 'reports, but no admin page',
  },
  { username: 'linus', password: 'latchkey-linus', name: 'Linus Pauling', shows: 'account page only' },
];
