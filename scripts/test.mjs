// `npm test`: sets up what the tests need, runs every one of them, lists what was skipped and why. The last line is
// `N passed, N failed`. `npm test -- <words>` hands the words to Vitest alone, for a part of the tests.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './ensure-chromium.mjs';
import { ensureBuilt, ensureInstalled, pinnedNode, projectEnvironment, projectFolder } from './setup.mjs';
import { combine, readPlaywrightReport, readVitestReport } from './test-reports.mjs';

const reportsFolder = join(projectFolder, 'test-results');
const bin = (...parts) => join(projectFolder, 'node_modules', ...parts);

const TSC = bin('typescript', 'bin', 'tsc');
const ESLINT = bin('eslint', 'bin', 'eslint.js');
const PRETTIER = bin('prettier', 'bin', 'prettier.cjs');
const VITEST = bin('vitest', 'vitest.mjs');
const PLAYWRIGHT = bin('@playwright', 'test', 'cli.js');

/** Runs one of the project's own tools on the pinned Node, and says whether it succeeded. */
const runTool = (script, parameters, environment = {}) => {
  const { status } = spawnSync(pinnedNode(), [script, ...parameters], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...projectEnvironment(), ...environment },
  });
  return status === 0;
};

const heading = (words) => {
  console.log(`\n== ${words}`);
};

/** Runs a tool beside others; its output is shown in one piece when it has ended. */
const runBeside = (title, parameters) =>
  new Promise((resolve) => {
    const child = spawn(pinnedNode(), parameters, {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: projectEnvironment(),
    });
    const output = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => output.push(Buffer.from(error.message)));
    child.on('close', (code) => {
      heading(`${title}: ${code === 0 ? 'good' : 'failed'}`);
      process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });

/** A check that is one thing: it counts as one test. */
const check = async (title, ...parameters) => {
  const ok = await runBeside(title, parameters);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [], failures: ok ? [] : [title] };
};

const INSTALL_PDS = "await (await import('./tests/live/pds/ensure-pds.ts')).ensurePds()";

/** One core lints, which takes longest; the other does the rest, and installs what the live tests run against. */
const checks = async () => {
  heading('Lint, types and format; installing a Bluesky PDS at the first time');
  const [lint, others] = await Promise.all([
    check('Lint', ESLINT, '.'),
    (async () => [
      await check('Types', TSC, '-b'),
      await check('Format', PRETTIER, '--check', '--log-level', 'warn', '.'),
      await runBeside('PDS', ['--input-type=module', '-e', INSTALL_PDS]),
    ])(),
  ]);
  return [lint, ...others.filter((result) => typeof result === 'object')];
};

/** What a runner reported; a run that ended badly without naming a failed test counts as one. */
const suite = (title, report, read, runIt) => {
  heading(title);
  rmSync(report, { force: true });
  const ok = runIt();
  const result = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : combine([]);
  if (!ok && result.failed === 0) {
    return { ...result, failed: 1, failures: [`${title}: the run itself failed`] };
  }
  return result;
};

const vitest = (parameters) => {
  const report = join(reportsFolder, 'vitest.json');
  return suite('Unit, property, contract, kill and live tests', report, readVitestReport, () =>
    runTool(VITEST, ['run', ...parameters, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]),
  );
};

const playwright = () => {
  const report = join(reportsFolder, 'playwright.json');
  return suite('The program in the browser and in the desktop shell', report, readPlaywrightReport, () =>
    runTool(PLAYWRIGHT, ['test', '--reporter=list,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
  );
};

const finish = ({ passed, failed, skipped, failures }) => {
  if (skipped.length > 0) {
    console.log(`\n${String(skipped.length)} skipped:`);
    for (const { title, reason } of skipped) console.log(`  ${title}: ${reason}`);
  }
  if (failures.length > 0) {
    console.log(`\nFailed:`);
    for (const title of failures) console.log(`  ${title}`);
  }
  console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
};

ensureInstalled();
mkdirSync(reportsFolder, { recursive: true });
const parameters = process.argv.slice(2);
if (parameters.length > 0) {
  ensureBuilt();
  finish(vitest(parameters));
} else {
  ensureChromium();
  ensureBuilt();
  finish(combine([...(await checks()), vitest([]), playwright()]));
}
