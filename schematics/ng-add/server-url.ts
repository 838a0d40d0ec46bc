const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const EXAMPLE = 'Give it as in https://auth.example.com or http://localhost:3333.';

/** A server's URL in the form in which it goes into the code, or what is wrong with it. */
export type ServerUrl = { readonly url: string } | { readonly problem: string };

/** Reads what a person typed. The sentences never repeat what may be a password. */
export function parseServerUrl(typed: string): ServerUrl {
  const text = typed.trim();
  if (text === '') return { problem: `The URL of the auth server is empty. ${EXAMPLE}` };
  if (/[\s\\'"`<>]/.test(text))
    return { problem: `The URL has a character that URLs do not have. ${EXAMPLE}` };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text)) return { problem: schemeProblem(text) };
  if (url.username !== '' || url.password !== '') {
    return {
      problem: `The URL has a user name or password in it, which would end up in your code. ${EXAMPLE}`,
    };
  }
  if (url.search !== '' || url.hash !== '' || /[?#]$/.test(text)) {
    return {
      problem: `The URL has a query or a fragment; only the address of the server belongs here. ${EXAMPLE}`,
    };
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    return {
      problem: `Tokens sent to ${url.origin} could be read on the way: use https. Plain http is accepted for localhost only.`,
    };
  }
  return { url: url.origin + url.pathname.replace(/\/+$/, '') };
}

function schemeProblem(text: string): string {
  if (/^[\w.-]+(:\d+)?(\/|$)/.test(text)) {
    const local = /^(localhost|127\.)/.test(text);
    return `The URL needs a scheme. Did you mean ${local ? 'http' : 'https'}://${text}?`;
  }
  return `That is no http or https URL. ${EXAMPLE}`;
}
