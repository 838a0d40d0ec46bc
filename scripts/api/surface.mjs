import ts from 'typescript';

const printer = ts.createPrinter({ removeComments: true });

/** What an entry point exports, by name: where each comes from, and its declarations. */
export function surface({ source, checker }) {
  return checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .map(symbol => {
      const own = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const [specifier] = symbol.declarations ?? [];
      return {
        name: symbol.name,
        from: specifier?.parent?.parent?.moduleSpecifier?.text,
        symbol: own,
        declarations: own.declarations ?? [],
      };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The surface of an entry point as a page, without comments, so that only a change of the surface changes it. */
export function pageOf(entry) {
  const all = surface(entry);
  const own = all.filter(({ from }) => from === undefined);
  const others = all.filter(({ from }) => from !== undefined);
  const reExported = [...new Set(others.map(({ from }) => from))].map(from => {
    const names = others.filter(other => other.from === from).map(({ name }) => name);
    return `export { ${names.join(', ')} } from '${from}';`;
  });
  const code = [...reExported, ...own.map(exported => textOf(exported, entry.source))].join('\n\n');
  return `# \`${entry.name}\`\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
}

function textOf({ name, declarations }, source) {
  const text = declarations.map(declaration => {
    const file = declaration.getSourceFile();
    if (ts.isVariableDeclaration(declaration)) return `declare const ${print(declaration, file)};`;
    if (ts.isClassDeclaration(declaration)) return print(withoutInternals(declaration), file);
    return print(declaration, file);
  });
  const [first] = declarations;
  const renamed = first?.name?.text !== name && first?.getSourceFile() === source;
  return [...text, ...(renamed ? [`export { ${first.name.text} as ${name} };`] : [])].join('\n');
}

function print(node, file) {
  return printer.printNode(ts.EmitHint.Unspecified, node, file);
}

/** Without what is private and what Angular's compiler adds, except the inputs that it knows. */
function withoutInternals(node) {
  const members = node.members.filter(
    member =>
      !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) &&
      !/^ɵ(?:fac|prov)$/.test(member.name?.text ?? ''),
  );
  const { modifiers, name, typeParameters, heritageClauses } = node;
  return ts.factory.updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, members);
}
