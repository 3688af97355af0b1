/** Longest text a link may expand to, in bytes. */
const longestText = 2_000_000;

/** Text as deflated bytes in base64url. */
export async function compressText(text: string): Promise<string> {
  const stream = streamOf(text).pipeThrough(new CompressionStream('deflate-raw'));
  return toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/** The text again. @throws Error where the characters, the compression or the size are not right. */
export async function expandText(encoded: string): Promise<string> {
  if (!/^[A-Za-z0-9_-]*$/.test(encoded)) throw new Error('it holds characters that no link of ours has');
  // Every browser has words of its own for what does not unpack.
  const text = await expanded(encoded).catch(() => {
    throw new Error('what is packed in it does not unpack');
  });
  if (text === null) throw new Error('it expands to more than a scenario can be');
  return text;
}

/** Null where it is longer than any text may be. */
async function expanded(encoded: string): Promise<string | null> {
  const reader = streamOf(fromBase64Url(encoded)).pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.length;
    if (size > longestText) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function streamOf(content: string | Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Response(content).body as ReadableStream<Uint8Array<ArrayBuffer>>;
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(encoded: string): Uint8Array<ArrayBuffer> {
  const binary = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
