/** The auth server's two languages; the probe of `ng add` tells them apart. */
export type Contract = 'jwt' | 'averos';

/** One kind of application that a newcomer may have. */
export interface Cell {
  readonly angular: AngularMajor;
  readonly zoneless: boolean;
  readonly standalone: boolean;
  readonly contract: Contract;
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
