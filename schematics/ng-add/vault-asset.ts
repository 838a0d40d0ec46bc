import type { Rule } from '@angular-devkit/schematics';
import { updateWorkspace } from '@schematics/angular/utility';
import { LIBRARY } from './provider-call';

const SCRIPT = 'latchkey-vault.js';

/** Lists the script of the vault's worker among the assets of an application, so that every build puts it beside `index.html`. */
export function addVaultAsset(project: string): Rule {
  return updateWorkspace(workspace => {
    const build = workspace.projects.get(project)?.targets.get('build');
    if (build === undefined) return;
    const { assets } = (build.options ??= {});
    const listed = Array.isArray(assets) ? assets : [];
    if (JSON.stringify(listed).includes(SCRIPT)) return;
    const asset = { glob: SCRIPT, input: `node_modules/${LIBRARY}`, output: '/' };
    build.options['assets'] = [...listed, asset];
  });
}
