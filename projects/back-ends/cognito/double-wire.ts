/** An error as Cognito writes it. */
export interface CognitoError {
  readonly __type: string;
  readonly message: string;
}

/** The members of a request: texts, and objects of texts. */
export type Body = Readonly<Record<string, string>> & {
  readonly AuthParameters?: Readonly<Record<string, string>>;
  readonly ChallengeResponses?: Readonly<Record<string, string>>;
  readonly UserAttributes?: readonly { readonly Name: string; readonly Value: string }[];
};

export type DoubleOperation = (body: Body) => object;

export function failure(type: string, message: string): CognitoError {
  return { __type: `${type}Exception`, message };
}
