/** The console's script: plain JavaScript for the browser. Every value reaches the page as a text node. */
export const CONSOLE_SCRIPT = `
'use strict';
const $ = id => document.getElementById(id);
const cell = (text, classes = '') => {
  const td = document.createElement('td');
  td.textContent = text;
  td.title = text;
  td.className = classes;
  return td;
};
const fill = (id, items, cellsOf, nothing) => {
  const rows = items.map(item => {
    const tr = document.createElement('tr');
    tr.append(...cellsOf(item));
    return tr;
  });
  if (rows.length === 0) {
    const tr = document.createElement('tr');
    const td = cell(nothing, 'none');
    td.colSpan = 8;
    tr.append(td);
    rows.push(tr);
  }
  $(id).replaceChildren(...rows);
};
const list = (id, texts) => $(id).replaceChildren(...texts.map(text => {
  const li = document.createElement('li');
  li.textContent = text;
  return li;
}));
const time = iso => iso.slice(11, 19);
const trouble = sentence => { $('trouble').textContent = sentence; $('trouble').hidden = sentence === ''; };
const call = async (method, path, body) => {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(path, { method, ...json });
  const value = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
};
const statusClass = status => status === 0 || status >= 400 ? 'number bad' : 'number good';
const faultText = ({ on, path, kind, status, retryAfter, delay, times }) => [
  on + (path ? ' ' + path : '') + ': ' + (kind === 'status' ? 'status ' + status : kind),
  retryAfter === undefined ? '' : 'Retry-After ' + retryAfter + ' s', delay ? 'after ' + delay + ' ms' : '',
  times === 0 ? 'until cleared' : times + ' ×',
].filter(Boolean).join(', ');

async function show() {
  try {
    const [state, log] = await Promise.all([call('GET', '/admin/state'), call('GET', '/admin/requests')]);
    const names = new Map(state.users.map(user => [user.id, user.username]));
    const { accessTokenLifetime, rotation, overlap } = state.settings;
    $('facts').textContent = [state.url, 'OpenID issuer ' + location.origin + '/oidc', state.version, 'contract ' + state.contract, 'access tokens ' + accessTokenLifetime + ' s',
      'rotation ' + rotation + (rotation === 'grace' ? ' ' + overlap + ' s' : ''), 'clock ' + time(state.now) + ' UTC'
      + (state.clockOffset ? ' (' + (state.clockOffset > 0 ? '+' : '') + state.clockOffset + ' s)' : '')].join('  ·  ');
    list('faults', state.faults.map(faultText));
    fill('requests', log.requests.slice(-100).reverse(), r => [
      cell(r.n, 'number none'), cell(time(r.at)), cell(r.method + ' ' + r.path, 'call'),
      cell(r.status === 0 ? 'no answer' : r.status, statusClass(r.status)), cell(r.outcome ?? ''),
      cell(names.get(r.sub) ?? r.sub ?? ''), cell(r.gen ?? '', 'number'), cell(r.fault ?? '', 'bad'),
    ], 'No request yet. Point an app at this address, or sign in as ada with latchkey-ada.');
    const sessions = [...state.sessions].sort((a, b) => b.lastUsedAt.localeCompare(a.lastUsedAt));
    fill('sessions', sessions.slice(0, 50), s => [
      cell(s.username), cell(s.status, s.status === 'open' ? 'good' : 'bad'), cell(s.transport), cell(s.generation, 'number'),
      cell(time(s.lastUsedAt)),
    ], 'Nobody is signed in.');
    fill('users', state.users, u => [
      cell(u.username), cell(u.name), cell(u.roles.join(', ')), cell(u.permissions.join(', ') || 'none', u.permissions.length ? '' : 'none'),
    ], 'No users.');
    $('mail').hidden = state.pendingTokens.length === 0;
    list('tokens', state.pendingTokens.map(t => t.kind + ' for ' + t.username + ': ' + t.token));
    trouble('');
  } catch (error) {
    trouble(error instanceof TypeError ? 'The server does not answer. Is it still running?' : error.message);
  }
}

const act = async work => {
  try { await work(); } catch (error) { trouble(error.message); return; }
  await show();
};
$('kinds').addEventListener('click', event => {
  const kind = event.target.dataset?.kind;
  if (kind === undefined) return;
  const number = id => $(id).value === '' ? undefined : Number($(id).value);
  act(() => call('POST', '/admin/faults', {
    kind, on: $('on').value, times: number('times'), delay: number('delay'),
    ...(kind === 'status' ? { status: number('status'), retryAfter: number('retryAfter') } : {}),
  }));
});
const deeds = {
  'clear-faults': () => call('DELETE', '/admin/faults'),
  'clear-log': () => call('DELETE', '/admin/requests'),
  expire: () => call('POST', '/admin/expire', {}),
  revoke: () => call('POST', '/admin/revoke', {}),
  ahead: () => call('POST', '/admin/clock', { offset: 600 }),
  behind: () => call('POST', '/admin/clock', { offset: -600 }),
  right: () => call('POST', '/admin/clock', { offset: 0 }),
  reset: () => confirm('Forget all sessions, requests, faults and registered users?') && call('POST', '/admin/reset', {}),
};
document.addEventListener('click', event => {
  const deed = event.target.dataset?.do;
  if (deed !== undefined) act(deeds[deed]);
});
show();
setInterval(() => { if (!document.hidden) show(); }, 2000);
`;
