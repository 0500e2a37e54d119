import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Job } from './child.ts';
import { JobProcess, type End } from './child-process.ts';

/** The calls by which a program changes what is on a disk. */
const CALLS = ['openat', 'write', 'pwrite64', 'ftruncate', 'fdatasync', 'fsync', 'rename', 'unlink'] as const;

/** What is done to a call instead of what it asks for. */
export type Fault = 'error=EIO' | 'error=ENOSPC' | 'signal=KILL';
export const FAULTS: readonly Fault[] = ['error=EIO', 'error=ENOSPC', 'signal=KILL'];

/** One call that a process made. */
export interface SystemCall {
  readonly name: string;
  /** Which of the process's calls of this name it is, from 1. */
  readonly place: number;
  readonly line: string;
}

/** Why no process can be traced here; `null` where it can. */
export const whyNoTracing = (): string | null => {
  const { status, error, stderr } = spawnSync(
    'strace',
    ['-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO:when=1', 'true'],
    { encoding: 'utf8' },
  );
  if (error) return 'strace is not installed';
  return status === 0 ? null : `strace may not trace here: ${stderr.trim()}`;
};

/** The calls that the main thread made on files under a folder, from a trace with paths. */
const readTrace = (trace: string, pid: number, folder: string): SystemCall[] => {
  const counts = new Map<string, number>();
  const calls: SystemCall[] = [];
  for (const line of trace.split('\n')) {
    const match = /^(\d+) +(\w+)\(/.exec(line);
    if (!match || Number(match[1]) !== pid) continue;
    const name = match[2] ?? '';
    const place = (counts.get(name) ?? 0) + 1;
    counts.set(name, place);
    if (line.includes(folder)) calls.push({ name, place, line });
  }
  return calls;
};

/** What came of a job that was traced from when it began its work. */
export interface Traced {
  readonly end: End;
  readonly calls: readonly SystemCall[];
  /** Refusals that were answered, as `CODE reason`. */
  readonly refusals: readonly string[];
}

const untilSaid = (child: { stderr: NodeJS.ReadableStream }, word: string): Promise<void> =>
  new Promise((resolve) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes(word)) resolve();
    });
    child.stderr.on('end', resolve);
  });

/** Runs a job in a process of its own, whose calls are written down and one of which fails, where `fault` says so. */
export const runTraced = async (
  job: Omit<Job, 'waits' | 'killAt'>,
  fault: { readonly call: SystemCall; readonly fault: Fault } | null = null,
): Promise<Traced> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-trace-'));
  try {
    const output = join(folder, 'trace');
    let child: JobProcess | null = null;
    const process = await new Promise<JobProcess>((resolve, reject) => {
      child = new JobProcess({ ...job, killAt: 0, waits: true }, (started) => {
        if (started.lines.includes('ready')) resolve(started);
      });
      child.end().catch(reject);
    });
    const injection = fault ? ['-e', `inject=${fault.call.name}:${fault.fault}:when=${String(fault.call.place)}`] : [];
    const tracer = spawn(
      'strace',
      ['-f', '-y', '-s', '0', '-e', `trace=${CALLS.join(',')}`, ...injection, '-o', output, '-p', String(process.pid)],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const closed = once(tracer, 'close');
    await untilSaid(tracer, 'attached');
    process.begin();
    const end = await process.end();
    await closed;
    return {
      end,
      calls: readTrace(readFileSync(output, 'utf8'), process.pid, job.root),
      refusals: process.lines
        .filter((line) => line.startsWith('refused '))
        .map((line) => line.slice('refused '.length)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
