import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

/** Which folder may import what; the message names the right door. */
const restrict = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'tests/live/pds/node_modules/**', 'docs/**', 'test-results/**'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs', 'tests/live/pds/*.mjs'] },
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A cast to the known type says what is expected; `!` says nothing.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A recursive JSON type cannot be written as a Record.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['workflows/**'],
    rules: {
      ...restrict([
        {
          group: [
            'node:*',
            'electron',
            'react*',
            '@mantine/*',
            '#main/*',
            '#renderer/*',
            '**/src-main/**',
            '**/src-renderer/**',
          ],
          message: 'workflows/ is pure: take time, ids and hashing as arguments or ports.',
        },
      ]),
      'no-restricted-globals': [
        'error',
        'fetch',
        'process',
        'window',
        'document',
        'setTimeout',
        'setInterval',
        'crypto',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'workflows/ reads no clock: take the time as an argument.' },
        {
          object: 'Math',
          property: 'random',
          message: 'workflows/ makes no random numbers: take them as an argument.',
        },
      ],
    },
  },
  {
    files: ['src-renderer/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      // The program is not compiled by React's compiler, so a library that it would skip is no concern.
      'react-hooks/incompatible-library': 'off',
      ...restrict([
        {
          group: ['node:*', 'electron', '#main/*', '**/src-main/**'],
          message: 'The renderer talks to the core through the contract alone.',
        },
      ]),
    },
  },
  {
    files: ['src-main/**'],
    ignores: ['src-main/electron/**'],
    rules: {
      ...restrict([
        { group: ['electron'], message: 'Only src-main/electron/ knows Electron; the team server never imports it.' },
        { group: ['#renderer/*', '**/src-renderer/**'], message: 'The core does not know the screens.' },
      ]),
    },
  },
  {
    files: ['tests/**'],
    rules: {
      // Assertions on parsed output and on library mocks are checked by the tests themselves.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  { files: ['**/*.config.ts', '**/*.config.js'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['scripts/**', 'tests/live/pds/*.mjs', 'eslint.config.js'], ...tseslint.configs.disableTypeChecked },
  { files: ['scripts/**', 'src-main/cli/**'], rules: { 'no-console': 'off' } },
);
