// The page with the state diagram and the table of transitions, drawn from the table in the code.

const GROUPS = {
  out: ['anonymous', 'authenticating', 'ending', 'ended'],
  live: ['fresh', 'renewing', 'blocked', 'degraded', 'in-doubt', 'suspended'],
};

export function draw(transitions) {
  return `# The states of a session

This page is drawn from \`core/session/transitions.ts\` by \`npm run states -- --write\`; the test command compares it, and the table,
with what the reducer really does. A phase event of the library (\`auth.events$\`) names both phases and, as its \`reason\`, the input.

\`\`\`mermaid
stateDiagram-v2
${lines(transitions).join('\n')}
\`\`\`

| id | from | input | to | when |
| --- | --- | --- | --- | --- |
${transitions.map(tableRow).join('\n')}

What a request does meanwhile: it goes out at once in \`fresh\`, \`renewing\`, \`degraded\` and \`in-doubt\`; it waits up to fifteen seconds in
\`restoring\`, \`blocked\` and \`suspended\`, and fails with \`temporarily-unavailable\` or \`session-ended\` rather than go out without its token.
`;
}

function lines(transitions) {
  const members = Object.entries(GROUPS).flatMap(([group, phases]) => [
    `  state ${group} {`,
    ...phases.map(phase => `    ${name(phase)} : ${phase}`),
    '  }',
  ]);
  const arrows = transitions.flatMap(({ id, from, input, to }) =>
    ends(from).flatMap(start => ends(to).map(end => `  ${start} --> ${end} : ${id} ${input}`)),
  );
  return [...members, '  [*] --> idle', ...arrows];
}

/** The phases, or their group where there are many of it, so that the picture can be read; the table is exact. */
function ends(phases) {
  for (const [group, members] of Object.entries(GROUPS)) {
    const inside = phases.filter(phase => members.includes(phase));
    if (inside.length > 2) return [group, ...phases.filter(phase => !members.includes(phase)).map(name)];
  }
  return phases.map(name);
}

const name = phase => phase.replace('-', '_');

function tableRow({ id, from, input, to, meaning }) {
  return `| ${id} | ${from.join(', ')} | \`${input}\` | ${to.join(', ')} | ${meaning} |`;
}
