import { CONSOLE_SCRIPT } from './console-script.js';
import { CONSOLE_STYLE } from './console-style.js';

export { CONSOLE_SCRIPT, CONSOLE_STYLE };

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' " +
  "fill='%23b45309'/%3E%3Ccircle cx='12' cy='16' r='5' fill='none' stroke='white' stroke-width='3'/%3E%3Cpath d='M17 16h9v5' " +
  "fill='none' stroke='white' stroke-width='3'/%3E%3C/svg%3E";

/** The console: one page without outside resources. All data is put in by the script, as text and never as markup. */
export const CONSOLE_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Latchkey dev auth server</title>
<link rel="icon" href="${ICON}">
<style>${CONSOLE_STYLE}</style>
</head>
<body>
<header>
  <div>
    <h1>Latchkey <span>dev auth server</span></h1>
    <p id="facts">Loading …</p>
  </div>
  <p class="warning">Not for production</p>
</header>
<p id="trouble" role="alert" hidden></p>
<main>
  <section aria-labelledby="faults-title" class="wide">
    <h2 id="faults-title">Misbehave</h2>
    <div class="row">
      <label>On <select id="on"><option>refresh</option><option>login</option><option>api</option><option>logout</option><option>any</option></select></label>
      <label>Times <input id="times" type="number" min="0" value="1" title="0 means until cleared"></label>
      <label>Status <input id="status" type="number" min="400" max="599" value="503"></label>
      <label>Retry-After (s) <input id="retryAfter" type="number" min="0" placeholder="none"></label>
      <label>Delay (ms) <input id="delay" type="number" min="0" value="0"></label>
    </div>
    <div class="row" id="kinds">
      <button data-kind="status">Answer the status</button>
      <button data-kind="html">Answer a captive portal</button>
      <button data-kind="redirect">Redirect</button>
      <button data-kind="hang">Never answer</button>
      <button data-kind="drop">Work, then drop the answer</button>
      <button data-kind="delay">Only delay</button>
    </div>
    <ul id="faults" class="chips"></ul>
    <div class="row quiet">
      <button data-do="clear-faults">Clear faults</button>
      <button data-do="expire">Expire tokens</button>
      <button data-do="revoke">Revoke sessions</button>
      <button data-do="ahead">Clock +10 min</button>
      <button data-do="behind">Clock −10 min</button>
      <button data-do="right">Clock ±0</button>
      <button data-do="clear-log">Clear requests</button>
      <button data-do="reset" class="danger">Reset everything</button>
    </div>
  </section>
  <section aria-labelledby="requests-title" class="wide">
    <h2 id="requests-title">Last requests</h2>
    <div class="scroll"><table><thead><tr><th class="number">#</th><th>Time</th><th>Call</th><th class="number">Status</th><th>Outcome</th><th>User</th><th class="number">Gen</th><th>Fault</th></tr></thead><tbody id="requests"></tbody></table></div>
  </section>
  <section aria-labelledby="sessions-title">
    <h2 id="sessions-title">Sessions</h2>
    <div class="scroll"><table><thead><tr><th>User</th><th>State</th><th>Kept in</th><th class="number">Gen</th><th>Last used</th></tr></thead><tbody id="sessions"></tbody></table></div>
  </section>
  <section aria-labelledby="users-title">
    <h2 id="users-title">Users</h2>
    <div class="scroll"><table><thead><tr><th>User</th><th>Name</th><th>Roles</th><th>Permissions</th></tr></thead><tbody id="users"></tbody></table></div>
    <div id="mail" hidden><h3>Waiting tokens</h3><ul id="tokens"></ul></div>
  </section>
</main>
<script>${CONSOLE_SCRIPT}</script>
</body>
</html>
`;
