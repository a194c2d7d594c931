// What makes pdf.js parse on the page's own thread; its package has no types for this file.
declare module 'pdfjs-dist/build/pdf.worker.mjs'
