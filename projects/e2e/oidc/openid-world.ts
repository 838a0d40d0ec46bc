import type { Page } from '@playwright/test';
import type { OpenIdApplication } from './openid-application';
import type { OpenIdSettings } from './openid-settings';

/** An application and the server that its users sign in at, whoever made it: what the stories need to know of the two. */
export interface OpenIdWorld {
  readonly application: OpenIdApplication;
  /** Ada and her roles, as the application shows them. */
  readonly user: string;
  /** The URL that a logout leads to. */
  readonly home: string;
  /** Has the server send the user back from its page as one who may not, or does not want to. */
  deny(page: Page): Promise<void>;
  /** From now on the API refuses the access tokens of before. */
  expire(): Promise<void>;
  /** Lets six minutes pass at the server: tokens have run out, and the sign-in was some time ago. Missing where its clock cannot be turned. */
  later?(): Promise<void>;
}

/** Starts both; they are stopped after the test. */
export type OpenWorld = (more?: Pick<OpenIdSettings, 'dpop' | 'stepUp'>) => Promise<OpenIdWorld>;
