// Returned mail as servers of several families write it, made up for these tests.

/** Lines as an RFC 5322 message. */
export function message(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'utf8');
}

export interface ReportOptions {
  readonly to?: string;
  readonly action?: string;
  readonly status?: string;
  readonly diagnostic?: string;
  readonly text?: string;
  readonly returned?: readonly string[];
}

/** A report after RFC 3464. */
export function report(options: ReportOptions): Buffer {
  const { to = 'bounces+0123456789abcdef@digest.example', action = 'failed', status = '5.1.1' } = options;
  const { diagnostic = 'smtp; 550 5.1.1 <mei@reader.example>: user unknown', text = '' } = options;
  const { returned = ['Message-ID: <weekly.2026-W47.abc@digest.example>', 'Subject: Weekly'] } = options;
  return message(
    'Return-Path: <>',
    'From: Mail Delivery System <MAILER-DAEMON@mx.reader.example>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    '--b1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.reader.example',
    '',
    'Final-Recipient: rfc822; mei@reader.example',
    `Action: ${action}`,
    `Status: ${status}`,
    ...(diagnostic === '' ? [] : [`Diagnostic-Code: ${diagnostic}`]),
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    ...returned,
    '',
    'text',
    '--b1--',
    '',
  );
}

/** A report in words alone. */
export function words(text: readonly string[], change: Readonly<Record<string, string>> = {}): Buffer {
  const headers = {
    'Return-Path': '<>',
    From: 'MAILER-DAEMON@mx.reader.example',
    To: 'bounces+0123456789abcdef@digest.example',
    Subject: 'failure notice',
    'Content-Type': 'text/plain; charset=utf-8',
    ...change,
  };
  return message(...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', ...text, '');
}

export interface ComplaintOptions {
  readonly type?: string;
  /** What the provider says the envelope sender was. */
  readonly mailFrom?: string;
  readonly returned?: readonly string[];
}

/** A provider's report after RFC 5965 on a mail that its user called spam. */
export function complaint(options: ComplaintOptions): Buffer {
  const { type = 'abuse', mailFrom = '', returned = ['Subject: Weekly'] } = options;
  return message(
    'From: feedback@provider.example',
    'To: abuse@digest.example',
    'Subject: FW: Weekly',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'This is an email abuse report.',
    '--b1',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: Provider/1.0',
    'Version: 1',
    ...(mailFrom === '' ? [] : [`Original-Mail-From: <${mailFrom}>`]),
    '',
    '--b1',
    'Content-Type: message/rfc822',
    '',
    ...returned,
    '',
    'text',
    '--b1--',
    '',
  );
}
