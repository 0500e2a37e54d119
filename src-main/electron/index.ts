import { app, protocol } from 'electron';
import { OWN_SCHEME_RIGHTS } from './own-protocol.ts';
import { placeData, runDesktop } from './run-desktop.ts';
import { readStartRequest } from './start-request.ts';

// All of this must be settled before the app is ready, so nothing here waits.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([OWN_SCHEME_RIGHTS]);
const home = placeData();
const request = readStartRequest(process.argv.slice(1), process.cwd());
if (app.requestSingleInstanceLock(request)) runDesktop(home, request);
else app.exit();
