/** The same function, whose answer is found when it is first asked for, and kept. */
export function once<Answer>(find: () => Answer): () => Answer {
  let found: { answer: Answer } | undefined;
  return () => {
    found ??= { answer: find() };
    return found.answer;
  };
}
