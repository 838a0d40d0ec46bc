/** How an event or a phase feels, which decides its colour. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet';
