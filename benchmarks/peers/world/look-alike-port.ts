import { createServer } from 'node:net';

/**
 * A free port of four digits whose tenfold is free too: `http://localhost:4567` and `http://localhost:45670` begin alike, as
 * `https://api.example.com` and `https://api.example.com.evil.net` do.
 */
export async function portWithLookAlike(): Promise<number> {
  for (;;) {
    const port = 3_400 + Math.floor(Math.random() * 3_000);
    if ((await isFree(port)) && (await isFree(port * 10))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(tell => {
    const server = createServer();
    server.once('error', () => tell(false));
    server.listen(port, '127.0.0.1', () => server.close(() => tell(true)));
  });
}
