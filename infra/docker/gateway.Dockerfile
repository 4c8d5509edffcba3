# The gateway: the built web app and nginx, with the configuration rendered from the table of services.

# The workspaces' manifests alone, so that changed sources do not install packages again.
FROM node:24-slim AS manifests
WORKDIR /all
COPY . .
RUN mkdir /manifests \
 && find . \( -name package.json -o -name package-lock.json -o -name .npmrc \) -exec cp --parents {} /manifests \;

FROM node:24-slim AS build

WORKDIR /app
COPY --from=manifests /manifests ./
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
