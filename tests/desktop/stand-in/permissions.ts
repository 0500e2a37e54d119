import type { CDPSession } from 'playwright-core';
import type { StandInSession } from './session.ts';

/** Chromium's names of permissions, and Electron's. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  camera: 'media',
  microphone: 'media',
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
};

/** Gives a page's origin exactly the permissions that the program's handlers grant it. */
export const applyPermissions = async (
  protocol: CDPSession,
  {
    session,
    contents,
    pageOrigin,
    programOrigin,
  }: { session: StandInSession; contents: unknown; pageOrigin: string; programOrigin: string },
): Promise<void> => {
  for (const [name, electronName] of Object.entries(PERMISSIONS)) {
    const isGranted = await session.grants(contents, electronName, programOrigin);
    await protocol.send('Browser.setPermission', {
      permission: { name },
      setting: isGranted ? 'granted' : 'denied',
      origin: pageOrigin,
    });
  }
};
