const PITCHES = [880, 1174.7];
const STEP = 0.12;
const LOUDNESS = 0.04;

let context: AudioContext | undefined;

/** Two soft notes. A browser in which nobody has clicked yet stays silent. */
export function sound(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const [index, pitch] of PITCHES.entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = currentTime + index * STEP;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(LOUDNESS, at);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 2 * STEP);
    tone.connect(volume).connect(destination);
    tone.start(at);
    tone.stop(at + 2 * STEP);
  }
}
