# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What scripts/test and scripts/demo share. It is sourced by them, from the top of the repository.

# shellcheck disable=SC2034 # used where this is sourced
BUILD_PACKAGES=(cmake g++ ninja-build ccache python3 libinsighttoolkit5-dev libvtk9-dev libx11-dev libcli11-dev
  xvfb libgl1-mesa-dri)

# Whether need_packages may install; an option of the scripts.
INSTALL=yes

say()
{
  printf '\n== %s\n' "$*"
}

fail()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# need_packages PACKAGE...: installs those of Debian's packages that are missing, by apt.
need_packages()
{
  local missing=() package root=() log
  for package; do
    [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null)" == installed ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  [[ $INSTALL == yes ]] || fail "missing are Debian's packages ${missing[*]}: install them, or leave out --no-install."
  [[ $EUID -eq 0 ]] || root=(sudo)
  [[ $EUID -eq 0 ]] || command -v sudo > /dev/null ||
    fail "missing are Debian's packages ${missing[*]}: install them as root, or run this as root."

  say "Installing by apt: ${missing[*]} (the first time this takes some minutes)"
  log="$(mktemp)"
  if ! {
    "${root[@]}" apt-get update -q &&
      "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
  } > "$log" 2>&1 < /dev/null; then
    tail -n 20 "$log" >&2
    fail "apt could not install ${missing[*]}; all it said is in $log."
  fi
  rm "$log"
}

# make_venv FOLDER REQUIREMENTS: a Python environment with what the file lists; made anew when the list has changed.
make_venv()
{
  local folder="$1" requirements="$2"
  ! cmp -s "$requirements" "$folder/requirements.txt" || return 0
  say "Installing in $folder: $(tr '\n' ' ' < "$requirements")"
  rm -rf "$folder"
  python3 -m venv "$folder"
  "$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$folder/requirements.txt"
}

# configure FOLDER [OPTION...]: configures a build with Ninja and ccache; Release unless told otherwise.
configure()
{
  local folder="$1" log="$1/configure.log"
  shift
  say "Configuring $folder"
  mkdir -p "$folder"
  if ! cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_COMPILER_LAUNCHER=ccache \
    -DCMAKE_CXX_COMPILER_LAUNCHER=ccache -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "$@" > "$log" 2>&1; then
    tail -n 40 "$log" >&2
    fail "cmake could not configure $folder; all it said is in $log."
  fi
}

# build FOLDER [TARGET...]
build()
{
  local folder="$1"
  shift
  say "Building $folder"
  cmake --build "$folder" --parallel "$(nproc)" ${1:+--target "$@"}
}
