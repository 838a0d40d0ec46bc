import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideEnvironmentInitializer } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { authInterceptor, provideAuth, withRoutes } from 'ngx-latchkey';
import { routes } from './app-routes';
import { chosenProvider } from './back-ends/load-provider';
import { DEMO_SETTINGS, type DemoSettings } from './demo-settings';
import { SessionLog } from './session/session-log';

export function appConfig(settings: DemoSettings): ApplicationConfig {
  const provider = chosenProvider(settings);
  return {
    providers: [
      provideRouter(
        routes,
        withComponentInputBinding(),
        withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      ),
      provideHttpClient(withInterceptors([authInterceptor])),
      { provide: DEMO_SETTINGS, useValue: settings },
      // Before provideAuth, so that the log hears the session's first step too; there is no session before its provider is loaded.
      typeof provider === 'function' ? [] : provideEnvironmentInitializer(() => void inject(SessionLog)),
      provideAuth(provider, withRoutes({ forbidden: '/forbidden' })),
    ],
  };
}
