/** What a report says of one address (RFC 3464, 2.3), or what was read from words to the same effect. */
export interface StatusReport {
  readonly address?: string;
  /** `failed`, `delayed`, `delivered`, `relayed`, `expanded`. */
  readonly action?: string;
  readonly status?: string;
  /** The server's words; empty where the report has none. */
  readonly said: string;
  /** What the reporter adds in brackets behind the status. */
  readonly aside: string;
  /** False for a diagnostic without the type that RFC 3464 asks for: nobody knows whose words it holds. */
  readonly isTyped?: boolean;
}

const STATUS = /[245]\.\d{1,3}\.\d{1,3}/;

/** Reads the groups of a message/delivery-status part; the first, about the message, names no recipient. */
export function readDeliveryStatus(part: string): StatusReport[] {
  return part
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, ' ')
    .split(/\n\s*\n/)
    .map(fieldsOf)
    .filter(
      (fields) => fields.has('final-recipient') || fields.has('original-recipient') || fields.has('status'),
    )
    .map(reportOf);
}

function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.split('\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    if (!fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function reportOf(fields: Map<string, string>): StatusReport {
  const address = addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient'));
  const action = fields
    .get('action')
    ?.toLowerCase()
    .match(/^[a-z]+/)?.[0];
  const stated = fields.get('status') ?? '';
  const status = STATUS.exec(stated)?.[0];
  const aside = /\((.{3,})\)/.exec(stated)?.[1] ?? '';
  const diagnostic = fields.get('diagnostic-code') ?? '';
  const said = diagnostic.replace(/^[\w-]+\s*;\s*/, '').trim();
  return {
    ...(address === undefined ? {} : { address }),
    ...(action === undefined ? {} : { action }),
    ...(status === undefined ? {} : { status }),
    said,
    aside,
    ...(diagnostic === '' ? {} : { isTyped: said !== diagnostic.trim() }),
  };
}

/** `rfc822; <mei@example.org>` → the address. */
function addressIn(field: string | undefined): string | undefined {
  const value = field?.slice(field.indexOf(';') + 1).replace(/[<>\s]/g, '');
  return value === undefined || value === '' ? undefined : value;
}
