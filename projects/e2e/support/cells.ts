/** The auth server's two languages; the probe of `ng add` tells them apart. */
export type Contract = 'jwt' | 'averos';

/** One kind of application that a newcomer may have. */
export interface Cell {
  readonly angular: AngularMajor;
  readonly zoneless: boolean;
  readonly standalone: boolean;
  readonly contract: Contract;
  /** Whether its pages are rendered on a server too. */
  readonly serverRendering?: boolean;
}

export type AngularMajor = '21' | '22';

/**
 * Exact versions that are known to work together: the patch levels of sibling packages can lag each other, and a range in a
 * generated `package.json` may then have no solution.
 */
export const VERSIONS = {
  '21': { core: '21.2.26', cli: '21.2.27', typescript: '5.9.3', node: [20, 19, 0] },
  '22': { core: '22.2.6', cli: '22.2.7', typescript: '~6.0.0', node: [22, 22, 3] },
} as const;

/** The patch level that every package has which takes part in rendering on a server. */
const WITH_SERVER = { core: '21.2.24', cli: '21.2.24', typescript: '5.9.3' };

/** The versions that a cell's application is made of. */
export function versionsOf({ angular, serverRendering }: Cell): typeof WITH_SERVER {
  return serverRendering ? WITH_SERVER : VERSIONS[angular];
}

/** What most newcomers have today. */
export const FIRST_CELL: Cell = { angular: '21', zoneless: true, standalone: true, contract: 'jwt' };

export const MATRIX: readonly Cell[] = [
  ...(['21', '22'] as const).flatMap(angular =>
    [true, false].flatMap(zoneless =>
      [true, false].map((standalone): Cell => ({ angular, zoneless, standalone, contract: 'jwt' })),
    ),
  ),
  { ...FIRST_CELL, contract: 'averos' },
];

/** Such as `Angular 22, zone, NgModule`. */
export function nameOf({ angular, zoneless, standalone, contract }: Cell): string {
  const words = [
    `Angular ${angular}`,
    zoneless ? 'zoneless' : 'zone',
    standalone ? 'standalone' : 'NgModule',
  ];
  return [...words, ...(contract === 'averos' ? ['Averos'] : [])].join(', ');
}
