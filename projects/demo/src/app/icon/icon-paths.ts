/** The demo's own line icons, drawn on a square of 24. */
export const ICON_PATHS = {
  alert: 'M12 4 2.8 20h18.4L12 4Zm0 6v4.5M12 17.2v.1',
  arrow: 'M5 12h14m-6-6 6 6-6 6',
  bolt: 'M13 3 5 13.5h6L10 21l9-11h-6.5L13 3Z',
  chart: 'M4 20h16M7 16v-5m5 5V6m5 10v-8',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3.5 2',
  close: 'M6 6l12 12M18 6 6 18',
  code: 'm8.5 7-5 5 5 5m7-10 5 5-5 5',
  flask: 'M9.5 3h5M10.5 3v6.5L4.8 18.6A1.6 1.6 0 0 0 6.2 21h11.6a1.6 1.6 0 0 0 1.4-2.4L13.5 9.5V3M7.5 15h9',
  home: 'M4 11 12 4l8 7v8.5a.5.5 0 0 1-.5.5H15v-6H9v6H4.5a.5.5 0 0 1-.5-.5V11Z',
  key: 'M8.5 15.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Zm4.5-4.5h8v3m-3.5-3v2.5',
  login: 'M14 4h5v16h-5M4 12h11m-4-4 4 4-4 4',
  logout: 'M10 4H5v16h5m-1-8h11m-4-4 4 4-4 4',
  menu: 'M4 7h16M4 12h16M4 17h16',
  note: 'M5 4h14v11l-5 5H5V4Zm14 11h-5v5M8.5 9h7m-7 4h4',
  plug: 'M9 3v5m6-5v5M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0V8Zm5.5 9v4',
  pulse: 'M3 12h4l2.5-7 5 14 2.5-7h4',
  refresh: 'M20 5v5h-5M4 19v-5h5m10.5-4A8 8 0 0 0 5.6 7.8M4.5 14a8 8 0 0 0 13.9 2.2',
  server: 'M4 4h16v7H4V4Zm0 9h16v7H4v-7Zm4-5.5h.1m-.1 9h.1',
  shield: 'M12 3 5 6v5.5c0 4.3 2.8 7.7 7 9.5 4.2-1.8 7-5.2 7-9.5V6l-7-3Zm-3 9 2.2 2.2L15.2 10',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6',
  window: 'M3.5 5h17v14h-17V5Zm0 4.5h17M6.5 7.3h.1m2.4 0h.1',
} as const;

export type IconName = keyof typeof ICON_PATHS;
