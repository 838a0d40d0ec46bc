import { expect, test } from '@playwright/test';
import { FIRST_CELL } from '../support/cells';
import { arrive } from './newcomer';
import { INSTALLING, tellNewcomerStory } from './newcomer-story';

tellNewcomerStory(FIRST_CELL, '@newcomer');

test(
  'a URL that cannot be right is refused at the prompt, and no source changes',
  { tag: '@newcomer' },
  async () => {
    test.setTimeout(INSTALLING);
    const newcomer = await arrive(FIRST_CELL);
    try {
      const { screen, exitCode, before, after } = await newcomer.addLibrary('auth.example.com');
      expect(screen).toContain('Did you mean https://auth.example.com?');
      expect(exitCode).toBe(1);
      const changed = [...after.keys()].filter(path => before.get(path) !== after.get(path));
      // The package manager was there before the question.
      expect(changed.filter(path => !/^package(-lock)?\.json$/.test(path))).toEqual([]);
    } finally {
      await newcomer.leave();
    }
  },
);
