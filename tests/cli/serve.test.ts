import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { copyBaseWorkspace, makeBaseWorkspace, removeFolder, type BaseWorkspace } from '../core/base-workspace.ts';
import { listingOf } from '../journal/workspace-folder.ts';
import { CommandProcess, countersign, folderForTest, type Ended } from './command-line.ts';

let base: BaseWorkspace;
let home: string;
let workspace: string;

beforeAll(async () => {
  base = await makeBaseWorkspace();
});

afterAll(() => removeFolder(base.root));

beforeEach(() => {
  const root = copyBaseWorkspace(base);
  onTestFinished(() => removeFolder(root));
  home = join(root, 'home');
  workspace = join(root, 'workspace');
});

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\/launch\?token=\S+/;

interface Served {
  readonly process: CommandProcess;
  readonly address: string;
  readonly port: number;
  readonly stop: () => Promise<Ended>;
}

/** A desk that serves; it is stopped when the test ends. */
const serve = async (parameters: readonly string[] = ['--workspace', workspace], at = home): Promise<Served> => {
  const process = new CommandProcess(['serve', '--no-open', '--port', '0', ...parameters], { COUNTERSIGN_HOME: at });
  const stop = (): Promise<Ended> => {
    process.child.kill('SIGINT');
    return process.ended;
  };
  onTestFinished(async () => {
    await stop();
  });
  const [address = '', port = ''] = await process.prints(ADDRESS);
  await process.prints(/Stop with Ctrl\+C\.\n/);
  return { process, address, port: Number(port), stop };
};

/** What the desk behind a launch address says of its workspace, to a browser that goes there. */
const statusAt = async (address: string): Promise<unknown> => {
  const launched = await fetch(address, { redirect: 'manual' });
  const cookie = launched.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin } = new URL(address);
  const headers = { cookie, 'x-countersign': '1', 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/rpc/workspace/status`, { method: 'POST', headers, body: '{}' });
  return ((await answer.json()) as { json: unknown }).json;
};

describe('countersign serve', () => {
  test('lets a browser in to the workspace, and closes it in order when it is told to stop, even twice', async () => {
    const { process, address } = await serve();
    expect(await statusAt(address)).toMatchObject({ state: 'open', folder: workspace, readOnly: null });
    process.child.kill('SIGINT');
    process.child.kill('SIGTERM');
    process.child.kill('SIGINT');
    const { code, signal, stderr } = await process.ended;
    expect([code, signal, stderr]).toEqual([0, null, '']);
    expect(readdirSync(join(workspace, 'desk'))).not.toEqual([]);
    expect(readdirSync(join(home, 'running'))).toEqual([]);
  });

  test('started again finds the first, and gives an address of it', async () => {
    const first = await serve();
    const again = await countersign(['serve', '--no-open'], { COUNTERSIGN_HOME: home });
    expect([again.code, again.stderr]).toEqual([0, '']);
    expect(again.stdout).toMatch(/^Countersign is running already\.\n/);
    const [address = ''] = ADDRESS.exec(again.stdout) ?? [];
    expect(address).not.toBe(first.address);
    expect(new URL(address).port).toBe(String(first.port));
    expect(await statusAt(address)).toMatchObject({ state: 'open', folder: workspace });
  });

  test('forgets a start that is gone, however it ended', async () => {
    const { process } = await serve();
    process.child.kill('SIGKILL');
    await process.ended;
    expect(readdirSync(join(home, 'running'))).toHaveLength(1);
    const next = await serve();
    expect(await statusAt(next.address)).toMatchObject({ state: 'open', readOnly: null });
    expect(readdirSync(join(home, 'running'))).toEqual([`${String(next.process.child.pid)}.json`]);
  });

  test('keeps the secret of its start for its owner alone', async () => {
    const { process } = await serve();
    const { statSync } = await import('node:fs');
    const path = join(home, 'running', `${String(process.child.pid)}.json`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('takes another port where the one that was asked for is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as { port: number }).port;
    onTestFinished(() => {
      other.close();
    });
    const { port, address } = await serve(['--port', String(taken), '--workspace', workspace]);
    expect(port).not.toBe(taken);
    expect(await statusAt(address)).toMatchObject({ state: 'open' });
  });

  test('says that another program has the workspace open, and offers the start screen', async () => {
    await serve();
    const elsewhere = await serve(['--workspace', workspace], folderForTest());
    const { stdout } = await elsewhere.stop();
    expect(stdout).toContain('This workspace is open in another window or program.');
  });

  test('opens no workspace of a newer version, says so, and changes nothing in it', async () => {
    const path = join(workspace, 'workspace.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as { format: number };
    writeFileSync(path, JSON.stringify({ ...file, format: file.format + 1, members: 'of a later time' }));
    const before = listingOf(workspace);
    const { address, stop } = await serve();
    expect(await statusAt(address)).toMatchObject({ state: 'none', problem: { reason: 'workspaceTooNew' } });
    const { stdout } = await stop();
    expect(stdout).toContain(`A newer version of Countersign made the workspace in ${workspace}.`);
    expect(listingOf(workspace)).toEqual(before);
  });

  test('opens a damaged journal read-only, and names the record and the reason', async () => {
    const path = join(workspace, 'journal', '00000000000000000000.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"Cleo"', '"name":"Clea"'));
    const damaged = readFileSync(path);
    const { address, stop } = await serve();
    const status = (await statusAt(address)) as { readOnly: { seq: number; code: string } };
    expect(status).toMatchObject({ state: 'open', readOnly: { code: 'bad-signature' } });
    const { stdout } = await stop();
    expect(stdout).toContain(`The desk is read-only: record ${String(status.readOnly.seq)}: `);
    expect(readFileSync(path)).toEqual(damaged);
  });

  test.each([
    ['a folder without a workspace', (folder: string) => folder, 'There is no workspace in'],
    ['a folder that is not there', (folder: string) => join(folder, 'nowhere'), 'There is no workspace in'],
    [
      'a file',
      (folder: string) => {
        writeFileSync(join(folder, 'a-file'), 'text');
        return join(folder, 'a-file');
      },
      'is not a folder that can be used',
    ],
    [
      'a workspace whose file is damaged',
      (folder: string) => {
        writeFileSync(join(folder, 'workspace.json'), '{');
        return folder;
      },
      'workspace.json',
    ],
    [
      'a workspace whose keys are damaged',
      (folder: string) => {
        cpSync(workspace, folder, { recursive: true });
        writeFileSync(join(folder, 'keys', 'root.json'), '{');
        return folder;
      },
      'keys',
    ],
    [
      'a workspace whose keys are missing',
      (folder: string) => {
        cpSync(workspace, folder, { recursive: true });
        writeFileSync(join(folder, 'keys', 'checkpoint.json'), '{"box":"AAAA"}');
        return folder;
      },
      'keys',
    ],
  ])('says why it cannot open %s, and offers the start screen', async (_what, prepare, words) => {
    const { address, stop } = await serve(['--workspace', prepare(folderForTest())]);
    expect(await statusAt(address)).toMatchObject({ state: 'none', problem: { folder: expect.any(String) as string } });
    const { code, stdout, stderr } = await stop();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.slice(0, stdout.indexOf('\n'))).toContain(words);
  });

  test('offers the start screen where no workspace was ever opened', async () => {
    const folder = folderForTest();
    mkdirSync(join(folder, 'home'));
    const { address } = await serve([], join(folder, 'home'));
    expect(await statusAt(address)).toMatchObject({ state: 'none', recent: [], problem: null });
  });
});
