# The six services and the two jobs before them (secrets, migrate): one image, each container runs its own entry point.
FROM node:24-slim

WORKDIR /app
ENV NODE_ENV=production

# Manifests first, so that changed sources do not install packages again.
COPY package.json package-lock.json .npmrc ./
COPY packages/contracts/package.json packages/contracts/
COPY packages/ledger-rules/package.json packages/ledger-rules/
COPY packages/money/package.json packages/money/
COPY packages/platform/package.json packages/platform/
COPY packages/risk-model/package.json packages/risk-model/
COPY packages/statements/package.json packages/statements/
COPY services/account/package.json services/account/
COPY services/transaction/package.json services/transaction/
COPY services/twin/package.json services/twin/
COPY services/risk/package.json services/risk/
COPY services/portfolio/package.json services/portfolio/
COPY services/notification/package.json services/notification/
COPY apps/operator/package.json apps/operator/
COPY apps/quickstart/package.json apps/quickstart/
COPY apps/web/package.json apps/web/
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --cache /tmp/npm \
      --workspace services --workspace apps/operator \
 && rm -rf /tmp/npm

# Where the secrets job finds its volumes: only its own user opens them, and the servers' group (999) its two.
RUN install -d -o node -g node -m 700 /run/fintwin /secrets/operator \
      /secrets/account /secrets/transaction /secrets/twin /secrets/risk /secrets/portfolio /secrets/notification \
 && install -d -o node -g 999 -m 750 /secrets/postgres /secrets/redis

COPY packages packages
COPY services services
COPY apps/operator apps/operator
COPY infra/docker/check-ready.ts infra/docker/

USER 1000:1000
