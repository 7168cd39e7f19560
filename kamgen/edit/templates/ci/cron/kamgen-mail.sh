#!/bin/sh
# Writes down what people say by mail ("done", "later", "leaves"), on a machine where something saves their mails as files.
# Run it as often as you like:
#
#     */5 * * * *  sh /srv/plans/kamgen-mail.sh /srv/slips /srv/mails
#
# The first folder is a workspace (the one that holds accounts/), a clone for this script alone. The second one holds:
#
#     new/      where each mail is put as a file of its own, once it is complete (a Maildir does that)
#     taken/    mails that were written down, with the answer beside each (.md)
#     refused/  mails that were not, with the reason
#
# kamgen sends nothing: hand the answers to whatever sends your mail, and only to the senders themselves. Automatic answers
# are put aside without one, so that two machines do not talk for ever.
#
# Only people in playbook/team.yml are heard, by their `email`. Anybody can write any sender into a mail. So whatever saves
# the mails has to keep only those whose sender was checked: those of your own people that came in through your own server
# with their password, and others with a DMARC result of "pass". When it does that, set TRUST_MAIL to yes; before that,
# this script takes nothing. That is the whole protection: whoever can write into new/ can write in anybody's name.
#
# A stage, a choice, an aim and a waiver are pushed to a branch of their own, for somebody to look at and merge; and so is
# everything where the main branch takes no push.
# It ends with 0, and with 2 when something is set wrong or a mail could not be pushed; that mail stays in new/.
# What to set: the folder where kamgen is installed, in PATH; TRUST_MAIL; and a right to push for whoever runs this.
set -eu

# PATH=/srv/kamgen-venv/bin:$PATH

TRUST_MAIL=${TRUST_MAIL:-no}

# Makes the change of a mail on the newest state of the main branch, as one commit.
take() {
  git reset --quiet --hard "@{upstream}"
  git pull --quiet --ff-only
  base=$(git rev-parse HEAD)
  ended=0
  kamgen apply --from-issue "$1" --trust-mail --result "$work/slip.json" > "$work/printed" || ended=$?
  [ "$ended" -le 1 ] || exit 2 # its message was printed
  python3 -c 'import json, pathlib, sys
found = json.load(open(sys.argv[1], encoding="utf-8"))
for key in ("outcome", "route", "branch", "title", "answer"):
    pathlib.Path(sys.argv[2], key).write_text(found[key] + "\n", encoding="utf-8")' "$work/slip.json" "$work"
  git add --all -- accounts
  git diff --cached --quiet || git -c user.name=kamgen -c user.email=kamgen@localhost commit --quiet --file "$work/title"
}

# Brings the change to the main branch; when somebody else was faster, it is made anew. Else to a branch of its own.
bring() {
  take "$1"
  for attempt in 1 2 3 4 5; do
    if [ "$(cat "$work/route")" != main ]; then break; fi
    if git push --quiet "$remote" "HEAD:$main"; then return; fi
    before=$base
    take "$1"
    [ "$base" != "$before" ] || break # nobody was faster: the main branch takes no push
  done
  if [ "$(cat "$work/route")" = none ]; then return; fi
  branch=$(cat "$work/branch")
  git ls-remote --exit-code "$remote" "refs/heads/$branch" > "$work/there" || git push --quiet "$remote" "HEAD:refs/heads/$branch"
  printf '\nIt is proposed on the branch %s and counts as soon as somebody has agreed.\n' "$branch" >> "$work/answer"
  git reset --quiet --hard "@{upstream}"
}

# All in one function, since fetching the newest state may change this very file.
main() {
  if [ $# -ne 2 ]; then
    echo "Use: kamgen-mail.sh WORKSPACE MAILS" >&2
    exit 2
  fi
  if [ "$TRUST_MAIL" != yes ]; then
    echo "Nobody has said yet that the senders of the mails are checked. Read the top of this script, then set TRUST_MAIL=yes." >&2
    exit 2
  fi
  mkdir -p "$2/new" "$2/taken" "$2/refused"
  mails=$(cd "$2" && pwd)
  cd "$1"
  if ! mkdir "$mails/.running"; then
    echo "An earlier run is still at work, or was killed. If it was, delete $mails/.running" >&2
    exit 2
  fi
  trap 'rm -rf "$mails/.running"' EXIT
  trap 'exit 2' HUP INT TERM
  work="$mails/.running"
  if [ -n "$(git status --porcelain)" ]; then
    echo "There are changes in $1 that are not committed. This script needs a clone of its own." >&2
    exit 2
  fi
  upstream=$(git rev-parse --abbrev-ref "@{upstream}")
  remote=${upstream%%/*}
  main="refs/heads/${upstream#*/}"

  ended=0
  for mail in "$mails/new"/*; do
    if [ ! -f "$mail" ] || [ -L "$mail" ]; then continue; fi
    name=${mail##*/}
    set +e # one mail that goes wrong does not keep the others waiting
    (set -e; bring "$mail")
    brought=$?
    set -e
    if [ "$brought" != 0 ]; then
      echo "$name was not written down and stays in new/." >&2
      ended=2
      continue
    fi
    place=taken
    [ "$(cat "$work/outcome")" != refused ] || place=refused
    [ "$(cat "$work/outcome")" = ignored ] || mv "$work/answer" "$mails/$place/$name.md"
    mv "$mail" "$mails/$place/$name"
  done
  return "$ended"
}

main "$@"; exit
