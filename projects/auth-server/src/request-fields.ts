import { invalidRequest } from './errors.js';

interface TextRule {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What is expected, as the end of a sentence that starts with the field's name. */
  readonly expected: string;
}

/** Reads the fields of a JSON body and collects what is wrong with them; `check` throws it all at once. */
export class RequestFields {
  readonly #body: Readonly<Record<string, unknown>>;
  readonly #problems: Record<string, string> = {};

  constructor(body: unknown) {
    if (body !== undefined && body !== null && (typeof body !== 'object' || Array.isArray(body))) {
      throw invalidRequest({ body: 'The body must be a JSON object.' });
    }
    this.#body = { ...body };
  }

  text(name: string, rule: TextRule = { expected: 'is required' }): string {
    return this.optionalText(name, rule) ?? this.problem(name, rule.expected);
  }

  optionalText(name: string, rule: TextRule = { expected: 'must be a text' }): string | undefined {
    const value = this.#own(name);
    if (value === undefined || value === null) return undefined;
    const { min = 1, max = 1024, pattern } = rule;
    const fits =
      typeof value === 'string' &&
      value.length >= min &&
      value.length <= max &&
      (pattern?.test(value) ?? true);
    return fits ? value : this.problem(name, rule.expected);
  }

  optionalNumber(name: string, min: number, max: number): number | undefined {
    const value = this.#own(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && value >= min && value <= max) return value;
    this.problem(name, `must be a number from ${min} to ${max}`);
    return undefined;
  }

  optionalChoice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.#own(name);
    if (value === undefined || value === null) return undefined;
    const found = choices.find(choice => choice === value);
    if (found === undefined) this.problem(name, `must be one of ${choices.join(', ')}`);
    return found;
  }

  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T {
    if (this.#own(name) === undefined) this.problem(name, `must be one of ${choices.join(', ')}`);
    return this.optionalChoice(name, choices) ?? choices[0];
  }

  object(name: string): Readonly<Record<string, unknown>> {
    const value = this.#own(name);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  }

  problem(name: string, expected: string): string {
    this.#problems[name] = `${name} ${expected}.`;
    return '';
  }

  /** @throws ApiError `invalid_request` with `fields` */
  check(): void {
    if (Object.keys(this.#problems).length > 0) throw invalidRequest(this.#problems);
  }

  #own(name: string): unknown {
    return Object.hasOwn(this.#body, name) ? this.#body[name] : undefined;
  }
}
