import { escaped, type Page } from './page.js';

/** The sign-in form, with what was typed before and why it was refused. It posts to its own address. */
export function loginPage(client: string, username: string, problem?: string): Page {
  const alert = problem === undefined ? '' : `<p role="alert" id="problem">${escaped(problem)}</p>\n`;
  const [nameFocus, passwordFocus] = username === '' ? [' autofocus', ''] : ['', ' autofocus'];
  const described = problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"';
  return {
    title: 'Sign in',
    body: `<p>to continue to <strong>${escaped(client)}</strong></p>
${alert}<form method="post">
<label>User name or e-mail address <input name="username" autocomplete="username" value="${escaped(username)}" required${nameFocus}${described}></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required${passwordFocus}${described}></label>
<button>Sign in</button>
<button name="cancel" value="yes" formnovalidate>Cancel</button>
</form>`,
  };
}

/** The second page, which wants a one-time code. */
export function codePage(client: string, problem?: string): Page {
  const alert = problem === undefined ? '' : `<p role="alert" id="problem">${escaped(problem)}</p>\n`;
  const described = problem === undefined ? '' : ' aria-invalid="true" aria-describedby="problem"';
  return {
    title: 'Confirm that it is you',
    body: `<p>to continue to <strong>${escaped(client)}</strong></p>
${alert}<form method="post">
<label>One-time code <input name="code" autocomplete="one-time-code" inputmode="numeric" required autofocus${described}></label>
<button>Confirm</button>
<button name="cancel" value="yes" formnovalidate>Cancel</button>
</form>`,
  };
}

/** Where a sign-in cannot go on: its cookie is gone, or it has waited too long. */
export const LOST_LOGIN_PAGE: Page = {
  title: 'This sign-in is over',
  body: '<p role="alert">It took too long, or was started in another browser. Go back to the app and sign in again.</p>',
};
