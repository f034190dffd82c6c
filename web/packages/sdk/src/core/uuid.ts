import type { Port } from "./port";

/** A random UUID (RFC 9562, version 4). `crypto.randomUUID` exists in secure pages only. */
export function uuid(random: Port["random"]): string {
  const bytes = Array.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64;
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128;
  return bytes.map((byte, index) => ([4, 6, 8, 10].includes(index) ? "-" : "") + (byte + 256).toString(16).slice(1)).join("");
}
