/** When something happens: so long before now, or at a time of day (of this machine) on an earlier working day. */
export type Moment = { readonly minutesAgo: number } | { readonly workday: number; readonly at: string };

export const MINUTE = 60_000;

const DAY_AND_MONTH = { day: 'numeric', month: 'long' } as const;

const isWeekend = (date: Date): boolean => date.getDay() === 0 || date.getDay() === 6;

/**
 * The days around the present, as the sample's scripts speak of them. What is recent lies so many minutes before now, at
 * whatever hour somebody opens the sample; what is older lies on working days, in office hours.
 */
export class Calendar {
  /** Milliseconds since 1970. */
  readonly now: number;

  constructor(now: number) {
    this.now = now;
  }

  /** Milliseconds since 1970 of a moment, to the minute. */
  at(moment: Moment): number {
    if ('minutesAgo' in moment) return this.now - moment.minutesAgo * MINUTE;
    const [hours = 0, minutes = 0] = moment.at.split(':').map(Number);
    return this.#workday(moment.workday).setHours(hours, minutes, 0, 0);
  }

  /**
   * A day so many days from now, written out: “Donnerstag, 26. November”.
   * @param locale BCP 47 tag
   */
  date(locale: string, days: number): string {
    return new Intl.DateTimeFormat(locale, { weekday: 'long', ...DAY_AND_MONTH }).format(this.#day(days));
  }

  /** The same without the day of the week: “26. November”. */
  dayAndMonth(locale: string, days: number): string {
    return new Intl.DateTimeFormat(locale, DAY_AND_MONTH).format(this.#day(days));
  }

  #day(days: number): Date {
    const day = new Date(this.now);
    day.setDate(day.getDate() + days);
    return day;
  }

  /** @param offset -1 for the last working day before today, and so on */
  #workday(offset: number): Date {
    const date = new Date(this.now);
    for (let left = -offset; left > 0;) {
      date.setDate(date.getDate() - 1);
      if (!isWeekend(date)) left -= 1;
    }
    return date;
  }
}

/**
 * Milliseconds, less than a minute, by which an act misses its minute, so that nobody works like clockwork. The same act
 * always misses it by as much (FNV-1a of its name).
 */
export const unevenness = (name: string): number => {
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(name)) hash = Math.imul(hash ^ unit, 0x01000193) >>> 0;
  return hash % MINUTE;
};
