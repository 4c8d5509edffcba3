# The six services and the two jobs before them (secrets, migrate): one image, each container runs its own entry point.

# The workspaces' manifests alone, so that changed sources do not install packages again.
FROM node:24-slim AS manifests
WORKDIR /all
COPY . .
RUN mkdir /manifests \
 && find . \( -name package.json -o -name package-lock.json -o -name .npmrc \) -exec cp --parents {} /manifests \;

FROM node:24-slim

WORKDIR /app
ENV NODE_ENV=production

COPY --from=manifests /manifests ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --cache /tmp/npm --workspace services \
 && rm -rf /tmp/npm

# Where the secrets job finds its volumes: only its own user opens them, and the servers' group (999) its two.
RUN install -d -o node -g node -m 700 /run/fintwin /secrets/operator \
      /secrets/account /secrets/transaction /secrets/twin /secrets/risk /secrets/portfolio /secrets/notification \
 && install -d -o node -g 999 -m 750 /secrets/postgres /secrets/redis

COPY packages packages
COPY services services
COPY apps/operator apps/operator
COPY infra/docker/check-ready.mjs infra/docker/

USER 1000:1000
