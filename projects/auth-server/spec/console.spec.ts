import { createHash } from 'node:crypto';
import { closeServers, startServer, type Answer } from './support/test-server.js';

describe('the console page', () => {
  let page: Answer;
  beforeEach(async () => (page = await (await startServer()).get('/')));
  afterEach(closeServers);

  it('runs only its own style and script, and loads nothing', () => {
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy.startsWith("default-src 'none';")).toBe(true);
    expect(policy).not.toContain('unsafe');
    for (const tag of ['style', 'script']) {
      const source = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page.text)?.[1] ?? '';
      expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(source).digest('base64')}'`);
    }
    expect(/\s(on\w+|style)=|(src|href)="(?!data:)/.test(page.text)).toBe(false);
    expect(/innerHTML|insertAdjacent|document\.write|eval\(/.test(page.text)).toBe(false);
  });

  it('carries no data itself', () => {
    expect(/Lovelace|usr_ada/.test(page.text)).toBe(false);
  });
});
