#!/bin/sh
# Starts nginx with the settings of this start: limits per address, and what stands before the gateway.
#   GATEWAY_RATE          requests per second of one address        (500)
#   GATEWAY_RATE_AUTH     the same for /api/auth                    (10)
#   GATEWAY_CONNECTIONS   connections of one address at a time      (200)
#   GATEWAY_TLS           on: TLS ends right before the gateway     (off)
#   GATEWAY_TRUSTED_PROXY address or network whose X-Forwarded-For names the client (none)
set -eu
config=${GATEWAY_CONFIG:-/etc/fintwin/nginx.conf}
folder=${GATEWAY_RUN_FOLDER:-/tmp/gateway}
rate=${GATEWAY_RATE:-500}
rate_auth=${GATEWAY_RATE_AUTH:-10}
connections=${GATEWAY_CONNECTIONS:-200}
tls=${GATEWAY_TLS:-off}
trusted=${GATEWAY_TRUSTED_PROXY:-}

must_match() {
  case $2 in *[!0-9a-zA-Z.:/]*) valid=no ;; *) valid=yes ;; esac
  printf '%s\n' "$2" | grep -Eqx "$3" || valid=no
  if [ $valid = no ]; then echo "$1 is \"$2\" but must be $4." >&2; exit 1; fi
}
must_match GATEWAY_RATE "$rate" '[1-9][0-9]{0,6}' 'a whole number of requests per second'
must_match GATEWAY_RATE_AUTH "$rate_auth" '[1-9][0-9]{0,6}' 'a whole number of requests per second'
must_match GATEWAY_CONNECTIONS "$connections" '[1-9][0-9]{0,4}' 'a whole number of connections'
must_match GATEWAY_TLS "$tls" 'on|off' 'on or off'
must_match GATEWAY_TRUSTED_PROXY "$trusted" '[0-9a-fA-F.:/]*' 'an address or a network'

proto=http
hsts=
if [ "$tls" = on ]; then
  proto=https
  hsts='max-age=63072000; includeSubDomains'
fi

mkdir -p "$folder"
cat > "$folder/edge.conf" <<END
map "" \$edge_proto { default "$proto"; }
map "" \$edge_hsts { default "$hsts"; }
limit_req_zone \$binary_remote_addr zone=address:10m rate=${rate}r/s;
limit_req_zone \$binary_remote_addr zone=address_auth:10m rate=${rate_auth}r/s;
limit_conn_zone \$binary_remote_addr zone=address_connections:10m;
limit_req_status 429;
limit_conn_status 429;
limit_req zone=address burst=$((rate * 2)) nodelay;
limit_conn address_connections $connections;
END
cat > "$folder/edge-auth.conf" <<END
limit_req zone=address burst=$((rate * 2)) nodelay;
limit_req zone=address_auth burst=$((rate_auth * 10)) nodelay;
END
if [ -n "$trusted" ]; then
  cat >> "$folder/edge.conf" <<END
set_real_ip_from $trusted;
real_ip_header X-Forwarded-For;
real_ip_recursive on;
END
fi

exec nginx -e stderr -c "$config" -g 'daemon off;'
