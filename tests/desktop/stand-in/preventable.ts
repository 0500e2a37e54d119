/** An event that a listener can prevent, as Electron's can. */
export interface Preventable {
  readonly defaultPrevented: boolean;
  preventDefault: () => void;
}

/** @param details members that Electron puts on the event itself */
export const preventable = <Details extends object>(details: Details): Details & Preventable => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
};
