import { Browser, type Page } from '../../../auth-server/spec/support/browser.js';

/** Where the application is, by the settings of the realms. Nothing has to answer there. */
export const APPLICATION = 'http://127.0.0.1:4200/';

type Fields = Readonly<Record<string, string>>;

/** What a person sees: a page of Keycloak, or, by its `location`, where in the application it leads back to. */
export async function open(url: string, browser: Browser): Promise<Page> {
  return follow(await browser.get(url), browser);
}

/** Fills in the form that has this id, with its hidden fields as they are, and sends it to where it says. */
export async function submit(page: Page, id: string, fields: Fields, browser: Browser): Promise<Page> {
  const [form = '', attributes = '', content = ''] =
    new RegExp(`<form([^>]*\\bid="${id}"[^>]*)>(.*?)</form>`, 's').exec(page.text) ?? [];
  if (form === '') throw new Error(`There is no form ${id}: ${page.text.slice(0, 2_000)}`);
  const hidden = [...content.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
    attribute(input, 'name'),
    attribute(input, 'value'),
  ]);
  const action = new URL(attribute(attributes, 'action'), page.url).href;
  return follow(await browser.post(action, { ...Object.fromEntries(hidden), ...fields }), browser);
}

/** Signs in on Keycloak's own page, if it asks at all; where the user comes back to. */
export async function signInAtKeycloak(url: string, username = 'ada', browser = new Browser()): Promise<URL> {
  const page = await open(url, browser);
  if (page.location !== '') return new URL(page.location);
  const credentials = { username, password: `latchkey-${username}` };
  const last = await submit(page, 'kc-form-login', credentials, browser);
  if (last.location === '') throw new Error(`The sign-in goes on: ${last.text.slice(0, 2_000)}`);
  return new URL(last.location);
}

async function follow(page: Page, browser: Browser): Promise<Page> {
  if (page.location === '' || page.location.startsWith(APPLICATION)) return page;
  return follow(await browser.get(page.location), browser);
}

function attribute(tag: string, name: string): string {
  const [, value = ''] = new RegExp(`\\b${name}="([^"]*)"`).exec(tag) ?? [];
  return value.replaceAll('&amp;', '&');
}
