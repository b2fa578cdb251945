/** Geometries of GeoSPARQL as lists of points: OGC 06-103r4, section 7, without height and curves. */

export type Point = readonly [longitude: number, latitude: number];
export interface Shape { kind: "point" | "line" | "area"; points: Point[] }

const GEOMETRY = /(MULTI)?(POINT|LINESTRING|POLYGON)\s*(?:Z|M|ZM)?\s*\(([^A-Z]*)\)/gi;
const RING = /[^()]*[\d.][^()]*/g;
const KINDS = { POINT: "point", LINESTRING: "line", POLYGON: "area" } as const;

/** Longitude before latitude, as CRS84 has it: the default of wktLiteral. */
export function parseShapes(text: string): Shape[] {
  const shapes: Shape[] = [];
  for (const [, , name = "", body = ""] of text.replace(/^\s*<[^>]*>/, "").matchAll(GEOMETRY)) {
    const kind = KINDS[name.toUpperCase() as keyof typeof KINDS];
    for (const [ring] of body.matchAll(RING)) {
      const points = ring.split(",").map(point).filter((found) => found !== null);
      if (kind === "point") shapes.push(...points.map((one) => ({ kind, points: [one] })));
      else if (points.length > 1) shapes.push({ kind, points });
    }
  }
  return shapes;
}

function point(text: string): Point | null {
  const [longitude, latitude] = text.trim().split(/\s+/).map(Number);
  if (longitude === undefined || latitude === undefined || !Number.isFinite(longitude) || !Number.isFinite(latitude)) return null;
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 360 ? [longitude, latitude] : null;
}
