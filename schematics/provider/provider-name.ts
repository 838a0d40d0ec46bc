/** A back end's name in the forms in which code has it. */
export interface ProviderName {
  /** `acme-cloud` */
  readonly dashed: string;
  /** `acmeCloud` */
  readonly camel: string;
  /** `AcmeCloud` */
  readonly pascal: string;
}

const FORM = 'Give it as in acme or acme-cloud: letters, digits and dashes, a letter first.';

/** Reads what a person typed: the name, or what is wrong with it. */
export function parseProviderName(typed: string): ProviderName | { readonly problem: string } {
  const text = typed.trim();
  if (text === '') return { problem: `The name of the provider is empty. ${FORM}` };
  if (/[\\/]/.test(text)) {
    return { problem: `"${text}" has a folder in it. Give the name alone, and the folder with --path.` };
  }
  if (!/^[a-z][\w .-]*$/i.test(text)) {
    const plain = wordsIn(text.normalize('NFKD').replace(/\p{Mark}/gu, '')).join('-');
    const meant = /^[a-z]/.test(plain) ? ` Did you mean ${plain}?` : '';
    return { problem: `"${text}" cannot be the name of a provider. ${FORM}${meant}` };
  }
  const words = wordsIn(text);
  // Who asks for acme-provider means acmeProvider(), not acmeProviderProvider().
  if (words.length > 1 && words.at(-1) === 'provider') words.pop();
  const pascal = words.map(capitalized).join('');
  return { dashed: words.join('-'), camel: pascal.charAt(0).toLowerCase() + pascal.slice(1), pascal };
}

/** The words of a name, in small letters: `AcmeCloud v2` has three. */
function wordsIn(text: string): string[] {
  return text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '');
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
