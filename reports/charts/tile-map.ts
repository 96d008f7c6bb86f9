import type { RegionCount } from '../../model/edition.ts';

/** A square of the map, in the units of its drawing. */
export interface TileView {
  readonly x: number;
  readonly y: number;
  readonly mark: string;
  readonly name: string;
  readonly count: string;
  /** 0 for none, 1 to 5 from pale to deep. */
  readonly step: number;
}

export interface TileMapView {
  readonly width: number;
  readonly height: number;
  /** Side of a tile. */
  readonly side: number;
  readonly tiles: readonly TileView[];
}

const SIDE = 40;
const GAP = 4;
const STEPS = 5;

/** Provinces as squares on a grid, shaded by their documents; provinces without a square are not drawn. */
export function tileMap(regions: readonly RegionCount[]): TileMapView {
  const most = Math.max(0, ...regions.map(({ tile, documents }) => (tile === undefined ? 0 : documents)));
  const placed = regions.flatMap(({ tile, ...region }) => (tile === undefined ? [] : [{ ...region, tile }]));
  const left = Math.min(...placed.map(({ tile }) => tile.col));
  const top = Math.min(...placed.map(({ tile }) => tile.row));
  const tiles = placed.map(({ tile, mark, name, documents }) => ({
    x: (tile.col - left) * (SIDE + GAP),
    y: (tile.row - top) * (SIDE + GAP),
    mark,
    name,
    count: documents === 0 ? '' : String(documents),
    step: stepOf(documents, most),
  }));
  return {
    width: Math.max(0, ...tiles.map(({ x }) => x)) + SIDE,
    height: Math.max(0, ...tiles.map(({ y }) => y)) + SIDE,
    side: SIDE,
    tiles,
  };
}

/** One document is one step, so that a thin week looks pale; busier weeks are shaded against their busiest province. */
export function stepOf(documents: number, most: number): number {
  return most <= STEPS ? documents : Math.ceil((documents / most) * STEPS);
}
