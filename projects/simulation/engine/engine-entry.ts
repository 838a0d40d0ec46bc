/** What the simulation takes from the library, bundled as one module so that a bug can be planted in it. */
export { AuthError, authError, compileUrlRules, createSessionEngine } from 'ngx-latchkey/core';
export { steadfastStore } from '../../ngx-latchkey/core/browser/steadfast-store';
export { simulatedTimers } from './simulated-timers';
export { jwtServer } from '../../ngx-latchkey/src/jwt-server/jwt-server';
