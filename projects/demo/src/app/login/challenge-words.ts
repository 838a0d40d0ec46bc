import type { Challenge } from 'ngx-latchkey';

/** How a challenge is put to a person, and the member of the answer. */
export interface ChallengeWords {
  readonly member: 'code' | 'newPassword' | 'choice';
  readonly label: string;
  readonly hint: string;
  /** What to choose from, if it is a choice. */
  readonly choices: readonly string[];
  /** What else the account has to have, such as `name`. */
  readonly attributes: readonly string[];
}

/** The challenges of Cognito in human words. */
export function challengeWords(asked: Challenge | null): ChallengeWords {
  const parameters = asked?.parameters ?? {};
  const target = parameters['CODE_DELIVERY_DESTINATION'];
  switch (asked?.challenge) {
    case 'NEW_PASSWORD_REQUIRED':
      return {
        member: 'newPassword',
        label: 'New password',
        hint: 'An administrator chose your password. Choose one of your own.',
        choices: [],
        attributes: listIn(parameters['requiredAttributes']).map(name => name.replace('userAttributes.', '')),
      };
    case 'SELECT_MFA_TYPE':
      return {
        member: 'choice',
        label: 'How do you want to prove who you are?',
        hint: '',
        choices: listIn(parameters['MFAS_CAN_CHOOSE']),
        attributes: [],
      };
    case 'SOFTWARE_TOKEN_MFA':
      return {
        member: 'code',
        label: 'Code',
        hint: 'Your authenticator app shows it.',
        choices: [],
        attributes: [],
      };
    default:
      return {
        member: 'code',
        label: 'Code',
        hint: typeof target === 'string' ? `It was sent to ${target}.` : 'It was sent to you.',
        choices: [],
        attributes: [],
      };
  }
}

/** Cognito writes lists as JSON in a text. */
function listIn(value: unknown): readonly string[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : [];
  return Array.isArray(list) ? list.filter(item => typeof item === 'string') : [];
}
