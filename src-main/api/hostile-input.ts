/** Deeper than this no input of the contract is, nor anything that is stored. */
const DEEPEST = 32;

const isHalved = (text: string): boolean => !text.isWellFormed();

/**
 * Why an input cannot be kept whatever its schema says, or `null`. Text with half a character in it (a lone surrogate)
 * has no UTF-8 form, so it could be neither hashed nor signed. Hostile: walked without recursion.
 */
export const problemWithInput = (input: unknown): string | null => {
  let level: unknown[] = [input];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return 'it is nested too deeply';
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'string' && isHalved(value)) return 'a text has half a character';
      if (typeof value !== 'object' || value === null) continue;
      for (const [name, child] of Object.entries(value)) {
        if (isHalved(name)) return 'a text has half a character';
        next.push(child);
      }
    }
    level = next;
  }
  return null;
};

/** Whether no input was given; over plain JSON that is an empty object. */
export const isNothing = (input: unknown): boolean =>
  input === undefined || (typeof input === 'object' && input !== null && Object.keys(input).length === 0);
