import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app-config';
import { readDemoSettings, withoutDemoSettings } from './app/demo-settings';

const settings = readDemoSettings(new URLSearchParams(location.search), sessionStorage);
// They are remembered; in the address they would only travel into return URLs.
history.replaceState(history.state, '', withoutDemoSettings(location.href));

bootstrapApplication(App, appConfig(settings)).catch((error: unknown) => {
  console.error(error);
});
