export * from '../../reports/canonical/canonical-edition.ts';
