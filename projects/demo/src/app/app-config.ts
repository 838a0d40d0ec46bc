import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { type ApplicationConfig, inject, provideEnvironmentInitializer } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { authInterceptor, jwtServer, provideAuth, withRoutes } from 'ngx-latchkey';
import { routes } from './app-routes';
import { DEMO_SETTINGS, type DemoSettings } from './demo-settings';
import { SessionLog } from './session/session-log';

export function appConfig(settings: DemoSettings): ApplicationConfig {
  const { server, transport, rotation } = settings;
  return {
    providers: [
      provideRouter(
        routes,
        withComponentInputBinding(),
        withInMemoryScrolling({ scrollPositionRestoration: 'enabled' }),
      ),
      provideHttpClient(withInterceptors([authInterceptor])),
      { provide: DEMO_SETTINGS, useValue: settings },
      // Before provideAuth, so that the log hears the session's first step too.
      provideEnvironmentInitializer(() => void inject(SessionLog)),
      provideAuth(
        jwtServer(
          transport === 'cookie'
            ? { url: `${server}/cookie`, refreshToken: 'cookie', rotation }
            : { url: server, rotation },
        ),
        withRoutes({ forbidden: '/forbidden' }),
      ),
    ],
  };
}
