import { prose } from './pages.mjs';

/** The rows of tables that have not as many cells as the row above them. */
export function unevenTables(pages) {
  return pages.flatMap(page => {
    const rows = prose(page).split('\n').map(cellsOf);
    return rows.flatMap((cells, index) => {
      const above = rows[index - 1];
      return cells === 0 || !above || above === cells
        ? []
        : [`${page.path}:${index + 1}: a row of ${cells} cells under one of ${above}`];
    });
  });
}

function cellsOf(line) {
  return line.startsWith('|') ? line.replaceAll('\\|', '').split('|').length - 2 : 0;
}
