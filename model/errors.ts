/**
 * Errors that stop something. What was expected to go wrong now and then (a refused page, an undated document)
 * is a value or a finding instead. Every code has its row in docs/errors.md.
 */
export interface AppErrorOptions {
  readonly cause?: unknown;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  /** Plain values for logs and machines; never secrets, addresses of recipients or page bodies. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error with a stable code. The message says what was attempted, on what, and what happened. */
export class AppError extends Error {
  readonly code: string;
  /** The message without the code before it. */
  readonly reason: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(`${code}: ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.reason = message;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details ?? {};
  }
}

/** Asked in a way the program does not know. On the command line exit code 2, over HTTP status 422. */
export class UsageError extends AppError {}

/** A file or variable that a person edits has faults. Exit code 3. */
export class ConfigError extends AppError {}

/** One fault in a file that a person edits: where, which key, and what to do. */
export interface Fault {
  readonly file: string;
  readonly key: string;
  readonly reason: string;
}

/** All faults at once, so that a person corrects a file in one go. */
export function configError(code: string, what: string, faults: readonly Fault[]): ConfigError {
  const lines = faults.map((fault) => `  ${fault.file}: ${fault.key}: ${fault.reason}`);
  return new ConfigError(code, `${what}\n${lines.join('\n')}`, { details: { faults } });
}

/** What went wrong in words, whatever was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
