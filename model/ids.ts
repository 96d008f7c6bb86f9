/** Branded identifiers: all are text in the database and cannot be mixed up in code. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type SourceId = Id<'Source'>;
export type SnapshotId = Id<'Snapshot'>;
export type DocumentId = Id<'Document'>;
export type StoryId = Id<'Story'>;
export type DigestId = Id<'Digest'>;
export type EditionId = Id<'Edition'>;
export type RunId = Id<'Run'>;
export type RecipientId = Id<'Recipient'>;
export type DeliveryId = Id<'Delivery'>;
export type LetterId = Id<'Letter'>;
export type RebuildId = Id<'Rebuild'>;
