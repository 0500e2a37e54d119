/** The nonce under which styles made while running are allowed (Content-Security-Policy). */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

// The library that keeps the page from scrolling below a dialog looks for it here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
