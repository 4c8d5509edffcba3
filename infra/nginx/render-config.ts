// Writes the gateway's nginx configuration from the one table of services: the same text for containers and without them.
import { internalRoutes, type ServiceName, services } from '@fintwin/contracts'
import { gatewayProblemJson, gatewayProblems } from './gateway-problems.ts'
import { apiContentSecurityPolicy, securityHeaders, webContentSecurityPolicy } from './security-headers.ts'

export interface GatewayOptions {
  listen: string
  /** `host:port` of each service. */
  upstreams: Record<ServiceName, string>
  /** Folder of the built web app. */
  webRoot: string
  /** Writable folder for the process id, temporary files and the settings of `start-gateway.sh`. */
  runFolder: string
  accessLog: string
  errorLog: string
  /** Account of the worker processes; only where nginx is started as root. */
  user?: string
}

/** Where more is sent than elsewhere: a bank statement, many transactions at once. */
const largerBodies: Record<string, string> = { 'transactions/import': '16m', 'transactions/batch': '4m' }

/** The whole configuration file; limits and TLS are settings of the start, see `start-gateway.sh`. */
export function renderGatewayConfig(options: GatewayOptions): string {
  return `# Written by infra/nginx/render-config.ts from the table of services in packages/contracts: do not edit.
${options.user ? `user ${options.user};\n` : ''}worker_processes auto;
worker_rlimit_nofile 8192;
worker_shutdown_timeout 10s;
pid ${options.runFolder}/nginx.pid;
error_log ${options.errorLog} warn;

events {
  worker_connections 4096;
}

http {
${indent(transport(options.runFolder))}

${indent(logging(options.accessLog))}

${indent(headers())}

${indent(upstreams(options))}

${indent(internalRouteMap())}

  server {
    listen ${options.listen} default_server;
    server_name _;
    root ${options.webRoot};

${indent(forwarding(), 2)}

    if ($internal_route) {
      return 404;
    }

${indent(apiLocations(options.runFolder), 2)}

${indent(webLocations(), 2)}

${indent(problemLocations(), 2)}
  }
}
`
}

function transport(runFolder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `include /etc/nginx/mime.types;
default_type application/octet-stream;
include ${runFolder}/edge.conf;

${temporary.map((kind) => `${kind}_temp_path ${runFolder}/${kind};`).join('\n')}

server_tokens off;
absolute_redirect off;
merge_slashes on;
ignore_invalid_headers on;
underscores_in_headers off;

# A request is small and arrives promptly, or it is refused.
client_max_body_size 1m;
client_header_buffer_size 2k;
large_client_header_buffers 4 8k;
client_header_timeout 10s;
client_body_timeout 10s;
send_timeout 30s;
keepalive_timeout 65s;
reset_timedout_connection on;

sendfile on;
tcp_nopush on;
# The API's answers are left alone: compressing secrets beside what a caller chose leaks them (BREACH).
gzip on;
gzip_vary on;
gzip_min_length 1024;
gzip_types text/css text/javascript application/javascript image/svg+xml application/wasm application/manifest+json;

proxy_http_version 1.1;
proxy_connect_timeout 2s;
proxy_send_timeout 30s;
proxy_read_timeout 30s;
proxy_buffer_size 16k;
proxy_buffers 16 16k;
proxy_max_temp_file_size 0;
proxy_next_upstream off;
proxy_redirect off;`
}

function logging(accessLog: string): string {
  return `# Ids of persons and accounts stay out of the log; the request id finds the rest in the services' logs.
map $uri $logged_path {
  "~^(?<before>/.*?)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+(?<after>.*)$" "$before:id$after";
  default $uri;
}
log_format fintwin escape=json
  '{"time":"$time_iso8601","requestId":"$request_id","address":"$remote_addr","method":"$request_method",'
  '"path":"$logged_path","status":"$status","bytes":"$body_bytes_sent","durationS":"$request_time",'
  '"service":"$proxy_host","serviceStatus":"$upstream_status","serviceDurationS":"$upstream_response_time"}';
# The health check of its own container is no news.
map "$remote_addr $request_uri" $is_logged {
  "127.0.0.1 /" 0;
  default 1;
}
access_log ${accessLog} fintwin if=$is_logged;`
}

function headers(): string {
  const fixed = Object.entries(securityHeaders).map(
    ([name, value]) => `add_header ${name} "${value}" always;`,
  )
  const owned = [
    ...Object.keys(securityHeaders),
    'Content-Security-Policy',
    'Strict-Transport-Security',
    'X-Request-Id',
  ]
  return `map $request_uri $content_security_policy {
  "~^/api(/|\\?|$)" "${apiContentSecurityPolicy}";
  default "${webContentSecurityPolicy}";
}
# Names of assets carry the hash of their content; a page is asked for again each time; the API says for itself.
map $uri $cache_control {
  volatile;
  "~^/assets/" "public, max-age=31536000, immutable";
  "~^/api(/|$)" "";
  "~^/_problem/" "no-store";
  default "no-cache";
}
map "$status:$upstream_http_retry_after" $retry_after {
  volatile;
  "429:" "1";
  "503:" "5";
  default "";
}
# A service may say the same; the gateway has the word.
${owned.map((name) => `proxy_hide_header ${name};`).join('\n')}
${fixed.join('\n')}
add_header Content-Security-Policy $content_security_policy always;
add_header Strict-Transport-Security $edge_hsts always;
add_header Cache-Control $cache_control always;
add_header Retry-After $retry_after always;
add_header X-Request-Id $request_id always;`
}

function upstreams({ upstreams }: GatewayOptions): string {
  return services
    .map(({ name }) => `upstream ${name} {\n  server ${upstreams[name]} max_fails=0;\n  keepalive 64;\n}`)
    .join('\n')
}

/** Calls between services: what a prefix would hand on, and what no prefix owns but a careless client may try. */
function internalRouteMap(): string {
  const fromTable = internalRoutes.map(({ method, path }) => {
    const pattern = path.source.replace(/^\^/, '').replaceAll('\\/', '/')
    return `  "~^${method === 'ANY' ? '[^ ]+' : method} /api${pattern}" 1;`
  })
  return `# The normalised path: merged slashes, no dot segments, percent-encoding undone. What is matched is what is passed on.
map "$request_method $uri" $internal_route {
  volatile;
${fromTable.join('\n')}
  "~^[^ ]+ /(.*/)?\\." 1;
  "~^[^ ]+ /(ready|metrics|ledger)(/|$)" 1;
  default 0;
}`
}

/** A client's own forwarding and override headers never arrive: each is overwritten or removed. */
function forwarding(): string {
  const overwritten: Record<string, string> = {
    Host: '$host',
    Connection: '""',
    'X-Request-Id': '$request_id',
    'X-Forwarded-For': '$remote_addr',
    'X-Forwarded-Host': '$host',
    'X-Forwarded-Proto': '$edge_proto',
  }
  const removed = [
    'Forwarded', 'Via', 'Upgrade', 'TE', 'Proxy', 'X-Real-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'True-Client-IP',
    'CF-Connecting-IP', 'X-Forwarded-Port', 'X-Forwarded-Prefix', 'X-Forwarded-Server', 'X-Forwarded-Scheme',
    'X-Forwarded-User', 'X-Original-URL', 'X-Original-Method', 'X-Rewrite-URL', 'X-HTTP-Method', 'X-HTTP-Method-Override',
    'X-Method-Override',
  ] // biome-ignore format: a table
  return [
    ...Object.entries(overwritten).map(([name, value]) => `proxy_set_header ${name} ${value};`),
    ...removed.map((name) => `proxy_set_header ${name} "";`),
  ].join('\n')
}

function apiLocations(runFolder: string): string {
  const special: Record<string, string> = {
    auth: `include ${runFolder}/edge-auth.conf; `,
    events: 'proxy_buffering off; proxy_read_timeout 1h; send_timeout 1h; ',
  }
  const owned = services.flatMap(({ name, prefixes }) =>
    prefixes.flatMap((prefix) => prefixLocations(name, prefix, special[prefix] ?? '')),
  )
  const documents = services.map(
    ({ name }) => `location = /api/docs/${name}/openapi.json { proxy_pass http://${name}/openapi.json; }`,
  )
  return [...owned, ...documents, 'location = /api { return 404; }', 'location /api/ { return 404; }'].join(
    '\n',
  )
}

/** A prefix answers with and without a trailing slash, never by a redirect. */
function prefixLocations(service: ServiceName, prefix: string, special: string): string[] {
  const locations = [
    `location = /api/${prefix} { ${special}proxy_pass http://${service}/${prefix}; }`,
    `location /api/${prefix}/ { ${special}proxy_pass http://${service}/${prefix}/; }`,
  ]
  const larger = Object.entries(largerBodies)
    .filter(([path]) => path.startsWith(`${prefix}/`))
    .flatMap(([path, size]) =>
      [path, `${path}/`].map(
        (each) =>
          `location = /api/${each} { client_max_body_size ${size}; proxy_pass http://${service}/${each}; }`,
      ),
    )
  return [...locations, ...larger]
}

function webLocations(): string {
  return `location /assets/ { try_files $uri =404; }
location / { try_files $uri /index.html; }`
}

function problemLocations(): string {
  const pages = gatewayProblems.map(
    ({ status, nginxStatuses }) => `error_page ${nginxStatuses.join(' ')} =${status} /_problem/${status};`,
  )
  const documents = gatewayProblems.map(
    (problem) =>
      `location = /_problem/${problem.status} { internal; default_type application/problem+json; return ${problem.status} '${gatewayProblemJson(problem)}'; }`,
  )
  return [...pages, ...documents].join('\n')
}

function indent(text: string, levels = 1): string {
  return text.replace(/^(?=.)/gm, '  '.repeat(levels))
}
