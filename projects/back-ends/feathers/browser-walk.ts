/**
 * Goes from page to page as a person with a browser does: follows redirects, keeps the cookies of each server, and fills in the forms of
 * the OpenID server. Ends where the application begins.
 *
 * @param deny cancels at the first form instead
 */
export async function walk(start: string, application: string, deny = false): Promise<URL> {
  const jars = new Map<string, Map<string, string>>();
  let url = new URL(start);
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 20 && url.origin !== application; step += 1) {
    const jar = jars.get(url.origin) ?? new Map<string, string>();
    jars.set(url.origin, jar);
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        Referer: `${application}/`,
        Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(form && { body: form }),
    });
    form = undefined;
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      jar.set(name, value);
    }
    const page = await answer.text();
    const location = answer.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      continue;
    }
    const [, action] = /action="([^"]+)"/.exec(page) ?? [];
    const [, prompt] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
    const [, abort] = /href="([^"]+\/abort)"/.exec(page) ?? [];
    if (action === undefined || prompt === undefined) throw new Error(`${url.href}: ${page.slice(0, 500)}`);
    if (deny && abort !== undefined) {
      url = new URL(abort, url);
      continue;
    }
    form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: 'ada', password: 'any' }) });
    url = new URL(action, url);
  }
  return url;
}
