/** A day as it is typed, `2026-11-24`, in this machine's time zone. */
const pad = (value: number): string => String(value).padStart(2, '0');

export const dayOf = (at: Date): string => `${String(at.getFullYear())}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

/** The first moment of the day that is `after` days later. @returns `null` for what is no day */
export const startOfDay = (day: string, after = 0): string | null => {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const at = new Date(year, month - 1, date + after);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/** The last `count` days, this one among them. */
export const lastDays = (count: number, now: number): { from: string } => {
  const today = new Date(now);
  return { from: new Date(today.getFullYear(), today.getMonth(), today.getDate() - count + 1).toISOString() };
};

/** The last day before a moment, which ends a period without being in it. */
export const dayBefore = (to: string): string => dayOf(new Date(Date.parse(to) - 1));
