// Builds the web app into dist and, in development, hands /api to a running FinTwin.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const apiTarget = process.env.FINTWIN_API ?? 'http://localhost:3000'

export default defineConfig({
  plugins: [react()],
  server: { port: 5173, proxy: { '/api': { target: apiTarget, changeOrigin: true } } },
  build: {
    outDir: 'dist',
    target: 'es2023',
    // A data: URI for a font or a picture would need a wider content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // All of it is 10 kB: one sheet, and no page that waits for its own. public/layers.css, before it, orders the layers.
    cssCodeSplit: false,
  },
})
