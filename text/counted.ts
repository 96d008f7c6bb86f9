/** A count with its noun, for English sentences: `1 mail`, `2 mails`, `0 deliveries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
