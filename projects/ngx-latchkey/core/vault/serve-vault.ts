import { AuthError } from '../contract/auth-error';
import type { VaultMessage, VaultOrder, VaultOutcome } from './vault-order';
import type { createVault } from './vault';

/** The worker's side of a port: carries out what a page orders, and tells it what came of it. */
export function serveVault(
  port: Pick<MessagePort, 'onmessage' | 'postMessage'>,
  vault: ReturnType<typeof createVault>,
): void {
  port.onmessage = ({ data }: MessageEvent<VaultMessage<VaultOrder>>) => {
    void outcomeOf(vault(data.content)).then(content => {
      const message: VaultMessage<VaultOutcome> = { id: data.id, content };
      port.postMessage(message);
    });
  };
  port.postMessage('ready');
}

async function outcomeOf(work: ReturnType<ReturnType<typeof createVault>>): Promise<VaultOutcome> {
  try {
    return { answer: await work };
  } catch (error) {
    if (!(error instanceof AuthError)) return { failure: { failure: 'not-now', code: 'unexpected-answer' } };
    const { failure, code, facts } = error;
    return { failure: { failure, code, facts } };
  }
}
