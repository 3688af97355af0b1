/** Deeper than anything this program writes by far, and shallow enough for every function that walks down a value. */
const deepest = 40;

/** JSON from outside. @throws Error where it is no JSON, or nested so deeply that walking it could exhaust the stack. */
export function parseBoundedJson(text: string): unknown {
  if (depthOf(text) > deepest) throw new Error('it is nested too deeply');
  return JSON.parse(text);
}

/** How deep brackets are nested in a JSON text, leaving out those in strings. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i];
    if (inString) {
      if (sign === '\\') i += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '[' || sign === '{') most = Math.max(most, (depth += 1));
    else if (sign === ']' || sign === '}') depth -= 1;
  }
  return most;
}
