/** The nonce under which styles made while running are allowed (Content-Security-Policy). */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
