/** How surely it is known who the user is, as `acr` values. */
export const PASSWORD = 'urn:latchkey:password';
export const SECOND_FACTOR = 'urn:latchkey:second-factor';

/** The one-time code of every user at every time. */
export const ONE_TIME_CODE = '000000';

/** From the weakest to the strongest: each does for those before it. */
export const LEVELS: readonly string[] = [PASSWORD, SECOND_FACTOR];

/** Whether a sign-in at `level` does where `wanted` is asked for. */
export function meets(level: unknown, wanted: string): boolean {
  return typeof level === 'string' && LEVELS.indexOf(level) >= LEVELS.indexOf(wanted);
}

/** The known levels of an `acr_values` parameter, in the order of preference; any of them does. */
export function levelsIn(acrValues: unknown): readonly string[] {
  return typeof acrValues === 'string' ? acrValues.split(' ').filter(value => LEVELS.includes(value)) : [];
}
