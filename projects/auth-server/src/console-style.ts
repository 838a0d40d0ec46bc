export const CONSOLE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f4f0, #16140f); --card: light-dark(#fff, #201d17); --line: light-dark(#e4dfd5, #38332a);
  --ink: light-dark(#23201a, #f0ebe1); --soft: light-dark(#6d665a, #a39a8b); --accent: light-dark(#a34a08, #f2a654);
  --good: light-dark(#11693a, #6fd39b); --bad: light-dark(#b3261e, #ff9d94); --tint: light-dark(#fbeee0, #3a2a17);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: flex-start; gap: 1rem; padding: 1.75rem clamp(1rem, 4vw, 3rem) .75rem; }
h1 { margin: 0; font-size: 1.6rem; letter-spacing: -.02em; } h1 span { color: var(--soft); font-weight: 400; }
h2 { margin: 0 0 .75rem; font-size: 1rem; } h3 { margin: 1rem 0 .25rem; font-size: .85rem; }
#facts { margin: .15rem 0 0; color: var(--soft); font-variant-numeric: tabular-nums; }
.warning { margin: .3rem 0 0; padding: .2rem .7rem; border-radius: 99px; background: var(--tint); color: var(--accent); font-size: .8rem; font-weight: 600; white-space: nowrap; }
#trouble { margin: 0 clamp(1rem, 4vw, 3rem); padding: .6rem 1rem; border: 1px solid var(--bad); border-radius: 10px; color: var(--bad); }
main { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; padding: .75rem clamp(1rem, 4vw, 3rem) 3rem; }
section { padding: 1.1rem 1.25rem; border: 1px solid var(--line); border-radius: 14px; background: var(--card); min-width: 0; }
.wide { grid-column: 1 / -1; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-bottom: .8rem; }
.quiet { margin: .9rem 0 0; padding-top: .9rem; border-top: 1px solid var(--line); }
label { display: grid; gap: .15rem; color: var(--soft); font-size: .78rem; }
input, select, button { font: inherit; font-size: .88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .65rem; min-height: 2.3rem; }
input { width: 7rem; }
button { cursor: pointer; background: var(--tint); border-color: transparent; color: var(--accent); font-weight: 600; }
.quiet button { background: none; border-color: var(--line); color: var(--ink); font-weight: 400; }
.quiet .danger { color: var(--bad); border-color: currentColor; margin-left: auto; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.scroll { overflow: auto; max-height: 26rem; }
table { width: 100%; border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--card); text-align: left; color: var(--soft); font-weight: 500; }
th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { max-width: 22rem; overflow: hidden; text-overflow: ellipsis; }
.number { text-align: right; padding-right: 1.4rem; } .call { font-family: ui-monospace, monospace; font-size: .82rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .none { color: var(--soft); }
.chips { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0; padding: 0; list-style: none; }
.chips li { padding: .15rem .65rem; border: 1px dashed var(--accent); border-radius: 99px; color: var(--accent); font-size: .82rem; }
#tokens { margin: 0; padding-left: 1.1rem; font-size: .82rem; } #tokens li { overflow-wrap: anywhere; }
@media (max-width: 55rem) { main { grid-template-columns: minmax(0, 1fr); } .quiet .danger { margin-left: 0; } }
`;
