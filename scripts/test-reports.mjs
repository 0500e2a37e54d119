// Reads what Vitest and Playwright reported: how many tests passed and failed, and what was skipped, with its reason.
import { relative } from 'node:path';
import { projectFolder } from './setup.mjs';

const NO_REASON = 'no reason given';

/** Adds results up. */
export const combine = (results) =>
  results.reduce(
    (total, { passed, failed, skipped, failures }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: [...total.skipped, ...skipped],
      failures: [...total.failures, ...failures],
    }),
    { passed: 0, failed: 0, skipped: [], failures: [] },
  );

/** A title ends in “(skipped: …)” where its tests are skipped. */
const splitReason = (title) => {
  const match = /^(.*?)\s*\(skipped: (.*?)\)(.*)$/su.exec(title);
  return match ? { title: `${match[1]}${match[3]}`, reason: match[2] } : { title, reason: NO_REASON };
};

/** Tests of one file that are skipped for one reason are one line. */
const gather = (skipped) => {
  const counts = new Map();
  for (const { file, title, reason } of skipped) {
    const key = `${file}\n${reason}`;
    const known = counts.get(key) ?? { file, reason, titles: [] };
    known.titles.push(title);
    counts.set(key, known);
  }
  return [...counts.values()].map(({ file, reason, titles }) => ({
    title: titles.length === 1 ? `${file}, ${titles[0]}` : `${file}, ${String(titles.length)} tests`,
    reason,
  }));
};

/** @param report of Vitest's JSON reporter */
export const readVitestReport = (report) => {
  const skipped = [];
  const failures = [];
  let passed = 0;
  let failed = 0;
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(projectFolder, name);
    if (status === 'failed' && assertionResults.every((test) => test.status !== 'failed')) {
      failed += 1;
      failures.push(`${file}: ${(message ?? '').split('\n')[0] || 'the file could not be run'}`);
    }
    for (const test of assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') {
        failed += 1;
        failures.push(`${file}: ${test.fullName}`);
      } else skipped.push({ file, ...splitReason(test.fullName) });
    }
  }
  return { passed, failed, failures, skipped: gather(skipped) };
};

const specsOf = (suite, titles = []) => [
  ...(suite.specs ?? []).map((spec) => ({ spec, titles })),
  ...(suite.suites ?? []).flatMap((inner) => specsOf(inner, [...titles, inner.title])),
];

/** @param report of Playwright's JSON reporter */
export const readPlaywrightReport = (report) => {
  const skipped = [];
  const failures = report.errors.map(({ message }) => (message ?? 'unknown').split('\n')[0]);
  let passed = 0;
  let failed = failures.length;
  for (const { spec, titles } of report.suites.flatMap((suite) => specsOf(suite))) {
    for (const test of spec.tests) {
      const title = `${spec.file}: ${[...titles, spec.title].join(' ')}`;
      // A test that succeeded only when tried again is not trusted: the runs here are not repeated.
      if (test.status === 'expected') passed += 1;
      else if (test.status === 'skipped') {
        const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? NO_REASON;
        skipped.push({ file: spec.file, title: [...titles, spec.title].join(' '), reason });
      } else {
        failed += 1;
        failures.push(`${title} (${test.projectName})`);
      }
    }
  }
  return { passed, failed, failures, skipped: gather(skipped) };
};
