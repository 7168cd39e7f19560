#!/bin/sh
# Looks at the account plans on a machine without CI: fetches the newest state, checks everything, builds the site, lists
# the stale plans and writes everybody's week. Run it every Monday, or every morning:
#
#     0 5 * * 1  sh /srv/plans/kamgen-weekly.sh /srv/plans /srv/kamgen
#
# The first folder is the workspace (the one that holds accounts/), a clone with the whole history. The second one is for
# what comes out:
#
#     findings.txt   every finding, a line each
#     stale.md       the stale plans by manager
#     letters/       everybody's week, ready for whatever sends your mail; kamgen sends nothing
#     site/          the site, built apart and swapped in when it is complete; a failed build leaves the last one standing
#
# It ends with 0, with 1 when errors were found or the site could not be built, and with 2 when something is set wrong.
# What to set: the folder where kamgen is installed, in PATH, since cron knows few folders; and the rules that make a plan
# stale, if others than these (`kamgen rule` lists them). Only what is merged is built here; keep it so, since playbook
# pages can run code.
set -eu

# PATH=/srv/kamgen-venv/bin:$PATH

STALE=${STALE:-KAM5,KAM306,KAM309,KAM313,KAM404}
NOT_STALE=${NOT_STALE:-KAM507,KAM508}

# All in one function, since fetching the newest state may change this very file.
main() {
  if [ $# -ne 2 ]; then
    echo "Use: kamgen-weekly.sh WORKSPACE RESULTS" >&2
    exit 2
  fi
  mkdir -p "$2"
  results=$(cd "$2" && pwd)
  cd "$1"

  if ! mkdir "$results/.running"; then
    echo "An earlier run is still at work, or was killed. If it was, delete $results/.running" >&2
    exit 2
  fi
  trap 'rm -rf "$results/.running"' EXIT
  trap 'exit 2' HUP INT TERM
  work="$results/.running"

  git pull --quiet --ff-only
  if [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    echo "Only the newest part of the history is here, so what stands still is unknown. Run: git fetch --unshallow" >&2
  fi

  ended=0
  kamgen check --format concise > "$work/findings.txt" || ended=$?
  [ "$ended" -le 1 ] || exit "$ended"
  mv "$work/findings.txt" "$results/findings.txt"
  tail -n 1 "$results/findings.txt"

  found=0
  kamgen check --select "$STALE" --ignore "$NOT_STALE" --fail-on warning --format managers > "$work/stale.md" || found=$?
  [ "$found" -le 1 ] || exit "$found"
  mv "$work/stale.md" "$results/stale.md"

  mkdir "$work/letters"
  kamgen remind --format json > "$work/weeks.json"
  python3 -c 'import json, sys; print(*(one["person"] for one in json.load(sys.stdin)["people"]), sep="\n")' \
    < "$work/weeks.json" > "$work/people"
  while read -r person; do
    [ -z "$person" ] || kamgen remind "$person" --format email > "$work/letters/$person.txt"
  done < "$work/people"
  rm -rf "$results/letters"
  mv "$work/letters" "$results/letters"

  kamgen build --site-dir "$results/site" > "$work/build.txt" 2>&1 || {
    cat "$work/build.txt" >&2
    ended=1
  }
  return "$ended"
}

main "$@"; exit
