export { createAuthServer, type AuthServer, type AuthServerOptions } from './server.js';
export { StartError } from './errors.js';
export { readConfig } from './config.js';
export type { Fault, FaultKind, FaultPoint } from './faults.js';
export type { LoggedRequest } from './request-log.js';
export type { Requirement, Rule } from './rules.js';
export type { Contract, PasswordHashing, Rotation, SeedUser, Settings, TokenPolicy } from './settings.js';
export type { ClaimValue, SigningSecret, User } from './state.js';
