import { MATRIX } from '../support/cells';
import { tellNewcomerStory } from './newcomer-story';

for (const cell of MATRIX) tellNewcomerStory(cell, '@matrix');
