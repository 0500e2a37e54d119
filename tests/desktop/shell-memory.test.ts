import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { crashRecovery } from '#main/electron/crash-recovery.ts';
import { openDesktopState } from '#main/electron/desktop-state.ts';
import { LogFile } from '#main/electron/log-file.ts';
import { openingBounds } from '#main/electron/window-bounds.ts';
import { diskStorage } from '#main/storage/storage.ts';
import { temporaryFolder } from '../journal/workspace-folder.ts';

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };

describe('the window opens', () => {
  it('in its usual size at first', () => {
    expect(openingBounds(null, [DISPLAY])).toEqual({ width: 1440, height: 900 });
  });

  it.each([
    ['on the display', { x: 40, y: 60, width: 1200, height: 760 }],
    ['on a second display to the left', { x: -1900, y: 10, width: 1200, height: 760 }],
    ['half off the display', { x: 1800, y: 60, width: 1200, height: 760 }],
  ])('where it was: %s', (_, bounds) => {
    expect(openingBounds(bounds, [DISPLAY, { ...DISPLAY, x: -1920 }])).toEqual(bounds);
  });

  it.each([
    ['its display is gone', { x: 2000, y: 60, width: 1200, height: 760 }],
    ['too little of it could be grasped', { x: 1850, y: 60, width: 1200, height: 760 }],
    ['it lies above the display', { x: 0, y: -750, width: 1200, height: 760 }],
  ])('in the middle, in its last size, when %s', (_, bounds) => {
    expect(openingBounds(bounds, [DISPLAY])).toEqual({ width: 1200, height: 760 });
  });

  it('never smaller than three panes need', () => {
    expect(openingBounds({ x: 0, y: 0, width: 10, height: 10 }, [DISPLAY])).toEqual({
      x: 0,
      y: 0,
      width: 1024,
      height: 700,
    });
  });
});

describe('what the shell remembers', () => {
  it('is there at the next start', () => {
    const home = temporaryFolder();
    const state = openDesktopState(home, diskStorage);
    state.data.acknowledged.push('plainText');
    state.write();
    expect(openDesktopState(home, diskStorage).data.acknowledged).toEqual(['plainText']);
  });

  it.each(['{', '[]', '{"bounds":null,"isMaximized":"yes","acknowledged":[]}'])('is begun anew from %s', (content) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'desktop.json'), content);
    expect(openDesktopState(home, diskStorage).data).toEqual({ bounds: null, isMaximized: false, acknowledged: [] });
  });
});

describe('a window whose process is gone', () => {
  const setUp = () => {
    const acts: string[] = [];
    let now = 1_000;
    const recover = crashRecovery(
      {
        reload: () => acts.push('reload'),
        tellReloaded: () => acts.push('tell'),
        giveUp: () => acts.push('give up'),
      },
      () => now,
    );
    const crashAt = (time: number, reason: 'crashed' | 'clean-exit' = 'crashed'): void => {
      now = time;
      recover({ reason, exitCode: 1 });
    };
    return { acts, crashAt };
  };

  it('is loaded again, and the person is told', () => {
    const { acts, crashAt } = setUp();
    crashAt(1_000);
    expect(acts).toEqual(['reload', 'tell']);
  });

  it('ends the program when it fails again within a minute', () => {
    const { acts, crashAt } = setUp();
    crashAt(1_000);
    crashAt(60_999);
    expect(acts).toEqual(['reload', 'tell', 'give up']);
  });

  it('is loaded again when it fails again after a minute', () => {
    const { acts, crashAt } = setUp();
    crashAt(1_000);
    crashAt(61_000);
    expect(acts).toEqual(['reload', 'tell', 'reload', 'tell']);
  });

  it('is left alone when it ended in order', () => {
    const { acts, crashAt } = setUp();
    crashAt(1_000, 'clean-exit');
    expect(acts).toEqual([]);
  });
});

describe('the log', () => {
  const lines = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

  it('is put away when it has grown long, and the oldest is forgotten', () => {
    const folder = temporaryFolder();
    const log = new LogFile(folder, 10);
    for (let number = 1; number <= 7; number += 1) log.write(`line ${String(number)} …\n`);
    expect(lines(folder, 'desktop.log')).toBe('line 7 …\n');
    expect(lines(folder, 'desktop.4.log')).toBe('line 3 …\n');
    expect(existsSync(join(folder, 'desktop.5.log'))).toBe(false);
  });

  it('goes on in the file of the start before', () => {
    const folder = temporaryFolder();
    new LogFile(folder, 100).write('first\n');
    new LogFile(folder, 100).write('second\n');
    expect(lines(folder, 'desktop.log')).toBe('first\nsecond\n');
  });
});
