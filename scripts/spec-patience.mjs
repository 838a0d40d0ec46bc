/* global jasmine */
// How long Jasmine waits for a spec. It only says when to give up: a slow or busy machine is no failure.
jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;
