/** Points of light at most; beyond that each stands for several trainees. */
export const POINTS = 240;
/** Seats of young teachers drawn at most. */
const YOUNG = 60;
const LEADS = 40;

export interface SeatCounts {
  leads: number;
  leadQuota: number;
  youngTeachers: number;
  youngQuota: number;
  trainees: number;
  activeThisWeek: number;
}

export interface Place {
  x: number;
  y: number;
  taken: boolean;
}

export interface SeatPlan {
  width: number;
  height: number;
  centre: { x: number; y: number; r: number };
  leads: Place[];
  leadRadius: number;
  /** From the master to each lead, as one path. */
  spokes: string;
  /** Circles of the seats of young teachers, as a path each: those that are taken and those that are free. */
  youngTaken: string;
  youngFree: string;
  /** Paths of dots, drawn with a round cap: the quiet ones and those who took part this week. */
  quiet: string;
  active: string;
}

const SHAPES = {
  wide: { width: 760, height: 380, stretch: 1.75, lead: 82, young: 122, points: [150, 26] },
  tall: { width: 360, height: 360, stretch: 1, lead: 80, young: 120, points: [142, 30] },
} as const;

type Shape = keyof typeof SHAPES;

/**
 * Where everybody sits: the master in the middle, leads around, young teachers around them, trainees as points of light outside.
 * Cost and size are bounded whatever the studio's size, and the same counts always give the same picture, on server and browser.
 */
export function seatPlan(counts: SeatCounts, shape: Shape): SeatPlan {
  const { leads, leadQuota, youngTeachers, youngQuota, trainees, activeThisWeek } = counts;
  const key = [shape, leads, leadQuota, youngTeachers, youngQuota, trainees, activeThisWeek].join();
  const before = drawn.get(key);
  if (before) return before;
  const plan = draw(counts, shape);
  if (drawn.size >= DRAWN) drawn.clear();
  drawn.set(key, plan);
  return plan;
}

/** Of a few hundred studios, those that are looked at, each as it was drawn last. */
const DRAWN = 400;
const drawn = new Map<string, SeatPlan>();

function draw(counts: SeatCounts, shape: Shape): SeatPlan {
  const { width, height, stretch, lead, points } = SHAPES[shape];
  const [cx, cy] = [width / 2, height / 2];
  const at = (radius: number, turn: number) => ({ x: round(cx + radius * stretch * Math.cos(turn)), y: round(cy + radius * Math.sin(turn)) });
  const ring = (radius: number, taken: number, all: number, shift: number): Place[] => Array.from({ length: all }, (_, i) => ({ ...at(radius, -Math.PI / 2 + ((i + shift) * 2 * Math.PI) / all), taken: i < taken }));
  const leadSeats = Math.min(LEADS, Math.max(counts.leads, counts.leadQuota));
  const youngAll = Math.max(counts.youngTeachers, counts.youngQuota);
  const youngSeats = Math.min(YOUNG, youngAll);
  const youngTaken = youngAll > YOUNG ? Math.round((counts.youngTeachers / youngAll) * YOUNG) : counts.youngTeachers;
  const shown = Math.min(POINTS, counts.trainees);
  const lit = counts.trainees === 0 ? 0 : Math.min(shown, Math.max(counts.activeThisWeek > 0 ? 1 : 0, Math.round((counts.activeThisWeek / counts.trainees) * shown)));
  const young = ring(SHAPES[shape].young, youngTaken, youngSeats, 0.5);
  const youngRadius = round(Math.min(shape === "wide" ? 8.5 : 7.5, (2 * Math.PI * SHAPES[shape].young * 0.36) / Math.max(youngSeats, 1)));
  const leads = ring(lead, counts.leads, leadSeats, 0);
  const next = dice(7);
  const dots = Array.from({ length: shown }, (_, i) => ({ ...at(points[0] + next() * points[1], (i * 2 * Math.PI) / Math.max(shown, 24) - Math.PI / 2 + next() * 0.03), order: next() }));
  const bright = new Set([...dots].sort((a, b) => a.order - b.order).slice(0, lit));
  return {
    width,
    height,
    centre: { x: cx, y: cy, r: shape === "wide" ? 34 : 31 },
    leads,
    leadRadius: round(Math.min(19, (2 * Math.PI * lead * 0.42) / Math.max(leadSeats, 1))),
    spokes: leads.map(({ x, y }) => `M${cx} ${cy}L${x} ${y}`).join(""),
    youngTaken: circles(young.filter((seat) => seat.taken), youngRadius),
    youngFree: circles(young.filter((seat) => !seat.taken), youngRadius),
    quiet: path(dots.filter((dot) => !bright.has(dot))),
    active: path(dots.filter((dot) => bright.has(dot))),
  };
}

/** How many trainees one point stands for; 1 when everybody has a point of their own. */
export function perPoint(trainees: number): number {
  return trainees > POINTS ? Math.round(trainees / POINTS) : 1;
}

function path(dots: readonly { x: number; y: number }[]): string {
  return dots.map((dot) => `M${dot.x} ${dot.y}h0`).join("");
}

/** Hundreds of elements would be most of a page. */
function circles(places: readonly Place[], r: number): string {
  return places.map(({ x, y }) => `M${round(x - r)} ${y}a${r} ${r} 0 1 0 ${round(2 * r)} 0a${r} ${r} 0 1 0 ${round(-2 * r)} 0`).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The same numbers between 0 and 1 every time: a picture that danced at each visit would say something that is not so. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
