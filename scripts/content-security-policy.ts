import type { Plugin } from 'vite';

const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Writes the policy into the built page and refuses to build a page that would break it. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: (_, { command, mode }) => command === 'build' && mode !== 'single',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const inline = /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=/i.exec(html);
        if (inline) throw new Error(`index.html contains "${inline[0]}", which the content security policy forbids; move it to a file.`);
        return [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' }];
      },
    },
  };
}
