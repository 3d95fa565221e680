#!/bin/sh
# Write secrets.env with fresh passwords for one site. Does not touch a file that is there.
#   deploy/new_secrets.sh buurt.example.org > /dev/null
set -eu
site="${1:?the name of the site, such as buurt.example.org}"
file="${2:-secrets.env}"
umask 077
set -C
word() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }
cat > "$file" <<ENV
SITE=$site
POSTGRES_PASSWORD=$(word)
OWNER_PASSWORD=$(word)
WEB_PASSWORD=$(word)
WORK_PASSWORD=$(word)
SMTP_URL=
MAIL_FROM=
ENV
echo "$file is there. Fill in SMTP_URL and MAIL_FROM, or no mail goes out."
