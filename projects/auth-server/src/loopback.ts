/** Whether a host name, as in a URL or a Host header without its port, means this machine. */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === 'localhost' || name === '[::1]' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Whether a peer's address, as a socket gives it, is on this machine. */
export function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && isLoopbackHost(address.replace(/^::ffff:/i, ''));
}

/** The host name of a Host header, or undefined when it is no host with an optional port. */
export function hostnameOf(hostHeader: string | undefined): string | undefined {
  return /^(\[[\da-f:.]+\]|[^\s:/@[\]\\]+)(?::\d{1,5})?$/i.exec(hostHeader ?? '')?.[1];
}
