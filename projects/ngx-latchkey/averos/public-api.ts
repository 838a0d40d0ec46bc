/** The Averos auth provider. */
export { averos, type AverosCredentials, type AverosOptions } from './averos';
