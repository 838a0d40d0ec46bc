/** Where users come back to, where nothing is served. */
export const APPLICATION = 'http://localhost:4200/';
