# The gateway: the built web app and nginx, with the configuration rendered from the table of services.
FROM node:24-slim AS build

WORKDIR /app
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
RUN npm ci --ignore-scripts --no-audit --no-fund --cache /tmp/npm \
      --workspace apps/web --workspace packages/contracts \
 && rm -rf /tmp/npm

COPY tsconfig.json ./
COPY packages packages
COPY apps/web apps/web
RUN npm run build --workspace apps/web

COPY infra/nginx infra/nginx
RUN node infra/nginx/write-config.ts > /app/nginx.conf

FROM nginx:stable
COPY --from=build /app/apps/web/dist /usr/share/fintwin/web
COPY --from=build /app/nginx.conf /etc/fintwin/nginx.conf
COPY infra/nginx/start-gateway.sh /etc/fintwin/start-gateway.sh
USER 101:101
EXPOSE 8080
STOPSIGNAL SIGQUIT
ENTRYPOINT ["sh", "/etc/fintwin/start-gateway.sh"]
