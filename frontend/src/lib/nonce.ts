/** The nonce under which the page's policy of contents lets a library add a `<style>`. */
declare global {
  var __webpack_nonce__: string | undefined;
}

export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

// Where the scroll lock of Radix's dialogs and menus (react-style-singleton, by get-nonce) looks for it.
globalThis.__webpack_nonce__ = nonce;
