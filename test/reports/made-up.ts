// The builders lie with the canonical edition, which the preview of templates shows as well.
export * from '../../reports/canonical/made-up.ts';
