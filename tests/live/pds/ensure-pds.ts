// What is in this folder imports Node alone: packages would be found in the PDS's own node_modules, in other versions.
export { ensurePds, INSTALL_TIMEOUT } from './pds-installation.ts';
export { startPds, type LivePost, type Pds, type PdsAccount, type PostOrder } from '../pds-process.ts';
