import { styleNonce } from '../design/nonce.ts';

/** Prints a page that stands by itself, in a frame that has no rights here. */
export const printPage = (html: string): void => {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-modals allow-same-origin');
  frame.className = 'sr-only';
  // The frame is under this page's policy as well as its own: its one style carries the nonce.
  frame.srcdoc = html.replace('<style>', `<style nonce="${styleNonce}">`);
  frame.addEventListener('load', () => {
    frame.contentWindow?.addEventListener('afterprint', () => {
      frame.remove();
    });
    frame.contentWindow?.print();
  });
  document.body.append(frame);
};
