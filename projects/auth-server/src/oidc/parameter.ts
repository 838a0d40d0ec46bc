/** A request parameter's text; what is missing, or sent more than once, is empty. */
export function textOf(parameter: unknown): string {
  return typeof parameter === 'string' ? parameter : '';
}
