import { SchematicsException } from '@angular-devkit/schematics';
import type { workspaces } from '@angular-devkit/core';

/** The application that is to be changed. */
export interface ApplicationProject {
  readonly name: string;
  /** The file that starts it. */
  readonly main: string;
  /** The folder of its own code, `src/app`. */
  readonly appFolder: string;
  /** Whether it is rendered on a server as well. */
  readonly rendersOnServer: boolean;
}

/** Chooses the application: the one that is asked for, else the only one there is. */
export function chooseApplication(
  workspace: workspaces.WorkspaceDefinition,
  asked: string | undefined,
): ApplicationProject {
  const projects = [...workspace.projects];
  const applications = projects.filter(([, project]) => project.extensions['projectType'] !== 'library');
  const names = applications.map(([name]) => name).join(', ') || 'none';
  if (asked === undefined && applications.length !== 1) {
    throw new SchematicsException(
      applications.length === 0
        ? 'There is no application in this workspace. A session belongs to an application: create one with "ng generate application".'
        : `There are several applications: ${names}. Say which one with --project <name>.`,
    );
  }
  const [name, project] = projects.find(([found]) => found === (asked ?? applications[0]?.[0])) ?? [];
  if (name === undefined || project === undefined) {
    throw new SchematicsException(`There is no project "${asked ?? ''}". Applications: ${names}.`);
  }
  if (project.extensions['projectType'] === 'library') {
    throw new SchematicsException(
      `"${name}" is a library. A session belongs to an application; choose one with --project: ${names}. In a library, inject AuthService from ngx-latchkey.`,
    );
  }
  const options = project.targets.get('build')?.options ?? {};
  const main = [options['browser'], options['main']].find(file => typeof file === 'string');
  const sourceRoot = project.sourceRoot ?? `${project.root}/src`;
  return {
    name,
    main: main ?? `${sourceRoot}/main.ts`,
    appFolder: `${sourceRoot}/app`,
    rendersOnServer: options['server'] !== undefined || options['ssr'] !== undefined,
  };
}
