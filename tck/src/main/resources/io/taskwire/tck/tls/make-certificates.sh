#!/usr/bin/env bash
# Makes the certificates of the TLS tests anew, in the folder of this script. They are valid for 100 years, except the
# expired ones. The keys of the authorities are thrown away: all certificates are made in one run.
#
#   ca               an authority, which signed: server (localhost, 127.0.0.1, ::1), client (common name "client"),
#                    worker (common name "worker"), wrong-host (somewhere.else.example), expired and expired-client
#   other-ca         an authority that nobody trusts, which signed: other-server (localhost …), other-client
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
lasting=(-startdate 20200101000000Z -enddate 21200101000000Z)
past=(-startdate 20200101000000Z -enddate 20200102000000Z)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.crt ./*.key
: > "$work/index"

# sign NAME EXTENSIONS OPTION…
sign() {
  local name=$1 extensions=$2
  shift 2
  printf '%s\n' "$extensions" > "$work/$name.ext"
  openssl ca -batch -notext -rand_serial -config /dev/stdin -in "$work/$name.csr" -out "$name.crt" \
    -extfile "$work/$name.ext" "$@" <<CONFIG
[ca]
default_ca = tests
[tests]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
unique_subject = no
policy = any
[any]
organizationName = optional
commonName = supplied
CONFIG
}

# request NAME COMMON-NAME KEY
request() {
  openssl req -newkey rsa:2048 -nodes -sha256 -subj "/O=Taskwire tests/CN=$2" -keyout "$3" -out "$work/$1.csr"
}

# authority NAME
authority() {
  request "$1" "$1" "$work/$1.key"
  sign "$1" $'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign' -selfsign \
    -keyfile "$work/$1.key" "${lasting[@]}"
}

# certificate AUTHORITY NAME COMMON-NAME EXTENSIONS DATE-OPTION…
certificate() {
  local authority=$1 name=$2 common=$3 extensions=$4
  shift 4
  request "$name" "$common" "$name.key"
  sign "$name" $'basicConstraints=critical,CA:FALSE\n'"$extensions" -cert "$authority.crt" \
    -keyfile "$work/$authority.key" "$@"
}

server=$'extendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'
elsewhere=$'extendedKeyUsage=serverAuth\nsubjectAltName=DNS:somewhere.else.example'
client='extendedKeyUsage=clientAuth'
authority ca
authority other-ca
certificate ca server localhost "$server" "${lasting[@]}"
certificate ca client client "$client" "${lasting[@]}"
certificate ca worker worker "$client" "${lasting[@]}"
certificate ca wrong-host somewhere.else.example "$elsewhere" "${lasting[@]}"
certificate ca expired localhost "$server" "${past[@]}"
certificate ca expired-client client "$client" "${past[@]}"
certificate other-ca other-server localhost "$server" "${lasting[@]}"
certificate other-ca other-client client "$client" "${lasting[@]}"
chmod 644 ./*.key
