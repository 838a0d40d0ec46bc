/** A Firebase Auth for tests: the double, or the emulator. */
export interface RunningFirebase {
  readonly address: string;
  readonly projectId: string;
  close(): Promise<void>;
}

/** What an administrator does, by the emulator's helpers. */
export interface FirebaseAdministrator {
  /** Disables or enables an account, sets its claims, or ends all its sessions of before. */
  change(account: {
    readonly localId: string;
    readonly disableUser?: boolean;
    readonly customAttributes?: string;
    /** Seconds since the epoch, as text. */
    readonly validSince?: string;
  }): Promise<void>;
  /** Whether a wrong password and an unknown address are told alike. */
  protectEmails(protects: boolean): Promise<void>;
  /** The link that was mailed last. */
  lastLink(email: string, requestType: string): Promise<string>;
}

export function administrator({ address, projectId }: RunningFirebase): FirebaseAdministrator {
  const ask = async (method: string, path: string, json?: object): Promise<unknown> => {
    const answer = await fetch(address + path, {
      method,
      headers: { Authorization: 'Bearer owner', 'Content-Type': 'application/json' },
      ...(json && { body: JSON.stringify(json) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${await answer.text()}`);
    return answer.json();
  };
  const identity = '/identitytoolkit.googleapis.com';
  return {
    async change(account) {
      await ask('POST', `${identity}/v1/projects/${projectId}/accounts:update`, account);
    },
    async protectEmails(protects) {
      await ask('PATCH', `${identity}/v2/projects/${projectId}/config?updateMask=emailPrivacyConfig`, {
        emailPrivacyConfig: { enableImprovedEmailPrivacy: protects },
      });
    },
    async lastLink(email, requestType) {
      const { oobCodes } = (await ask('GET', `/emulator/v1/projects/${projectId}/oobCodes`)) as {
        readonly oobCodes: readonly Readonly<Record<string, string>>[];
      };
      const mailed = oobCodes.filter(code => code['email'] === email && code['requestType'] === requestType);
      return mailed.at(-1)?.['oobLink'] ?? '';
    },
  };
}
