import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { readDemoSettings, withoutDemoSettings } from './app/demo-settings';

const settings = readDemoSettings(new URLSearchParams(location.search), sessionStorage);
// They are remembered; in the address they would only travel into return URLs.
history.replaceState(history.state, '', withoutDemoSettings(location.href));

bootstrapApplication(App, appConfig(settings)).catch((error: unknown) => {
  console.error(error);
  const { title } = settings.backEnd;
  // There is no application that could say it.
  document.body.textContent = `The demo could not start with ${title}. Add ?back-end=jwt-server to the address to go back to the dev auth server.`;
});
