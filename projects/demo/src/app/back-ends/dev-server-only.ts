import { inject } from '@angular/core';
import { DEMO_SETTINGS } from '../demo-settings';

/** For pages that need what only the dev auth server has: its sample APIs, its sign-up, and its admin calls that break things. */
export const devServerOnly = (): boolean => inject(DEMO_SETTINGS).backEnd.name === 'jwt-server';
