#!/bin/sh
# Installs the system packages that a make goal needs and that are missing:
#
#   install.sh run    what building and opening the window takes
#   install.sh tour   also a private desktop (X server, window manager, D-Bus,
#                     accessibility, keyring, notifications) to walk through it
#   install.sh test   also a Chromium for the browser tests
#
# It does nothing, quickly, when everything is there. With --list it only
# prints the packages of the goal. Debian and Ubuntu; elsewhere it names what to
# install. Go, Node 20 and a C compiler are expected to be there.
set -eu

goal=run
list=
for arg in "$@"; do
  case $arg in
    run | tour | test) goal=$arg ;;
    --list) list=yes ;;
    *) echo "usage: install.sh [--list] run|tour|test" >&2; exit 2 ;;
  esac
done

# The window is GTK 3 with WebKitGTK 4.1; mesa draws where there is no GPU.
packages="pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev libgl1-mesa-dri"
why="to build and open the window"
if [ "$goal" != run ]; then
  packages="$packages xvfb openbox dbus at-spi2-core gnome-keyring dunst iproute2 desktop-file-utils fonts-dejavu-core"
  why="$why and to walk through it on a private desktop"
fi

# Any browser of the Chromium family will do; only Debian has one as a package.
browser() {
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return 0; fi
  done
  return 1
}
if [ "$goal" = test ]; then
  why="$why and to test in a browser"
  if [ -n "$list" ] || ! browser; then packages="$packages chromium"; fi
fi

if [ -n "$list" ]; then
  echo "$packages"
  exit 0
fi

for tool in go node npm cc; do
  if ! command -v "$tool" >/dev/null; then
    echo "Patchbay needs $tool, which is not on PATH. Install Go 1.26 (go.dev), Node 20 or newer (nodejs.org) and gcc, then try again." >&2
    exit 1
  fi
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  if command -v pkg-config >/dev/null && pkg-config --exists gtk+-3.0 webkit2gtk-4.1 &&
    { [ "$goal" = run ] || command -v Xvfb >/dev/null; }; then
    exit 0
  fi
  echo "This system has no apt. Install what your distribution calls these Debian packages, then try again: $packages" >&2
  exit 1
fi

# $packages is meant to become several words here and below.
# shellcheck disable=SC2086
present=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' $packages 2>/dev/null | sed -n 's/^ii  *//p') || true
missing=
for p in $packages; do
  case "
$present
" in
    *"
$p
"*) ;;
    *) missing="$missing $p" ;;
  esac
done
missing=${missing# }
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" = 0 ]; then
  root=env
elif command -v sudo >/dev/null; then
  root="sudo env"
else
  echo "These packages are missing $why: $missing. Run this as root, then try again: apt-get install $missing" >&2
  exit 1
fi

echo "Installing with apt $why: $missing"
apt="$root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086
if ! { $apt update && $apt install --yes --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "apt could not install: $missing. Mend what it says above, then try again." >&2
  exit 1
fi
