# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# What the scripts share. It is sourced by them, from the top of the repository.

# shellcheck disable=SC2034 # used where this is sourced
BUILD_PACKAGES=(cmake g++ ninja-build ccache python3 libinsighttoolkit5-dev libvtk9-dev libx11-dev libcli11-dev
  nlohmann-json3-dev xvfb libgl1-mesa-dri)

# What the Python package is built with; castxml, cmake, ninja and swig come from PyPI, since Debian's are too old.
# shellcheck disable=SC2034
PYTHON_PACKAGES=(g++ ccache python3-dev python3-venv libcli11-dev nlohmann-json3-dev libtbb-dev
  xz-utils)

# The version of PyPI's itk that the Python package extends.
ITK_VERSION=5.4.7

CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/intensitymapping"

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

# make_wheel_venv: what builds the Python package, as pyproject.toml lists it, in .venv-wheel.
make_wheel_venv()
{
  local requirements
  requirements="$(mktemp)"
  python3 -c 'import tomllib
project = tomllib.load(open("pyproject.toml", "rb"))
print(*project["build-system"]["requires"], *project["dependency-groups"]["wheel"], sep="\n")' > "$requirements"
  make_venv .venv-wheel "$requirements"
  rm "$requirements"
}

# The archive that scripts/make-itk-kit makes.
kit_in_cache()
{
  echo "$CACHE/itk-$ITK_VERSION-python-kit.tar.xz"
}

# unpack_kit ARCHIVE FOLDER: makes FOLDER/itk; ITK_DIR is FOLDER/itk/build.
unpack_kit()
{
  local archive="$1" folder="$2"
  rm -rf "$folder/itk" "$folder/unpacking"
  mkdir -p "$folder/unpacking"
  tar -xJf "$archive" -C "$folder/unpacking" || fail "'$archive' cannot be unpacked: make it by scripts/make-itk-kit."
  grep -rIlZ /opt/itk "$folder/unpacking" | xargs -0 -r sed -i "s|/opt/itk|$folder/itk|g"
  mv "$folder/unpacking/itk" "$folder"
  rmdir "$folder/unpacking"
}

# verify_path_for_wrapping FOLDER ADVICE: ITK's wrapping takes no spaces, and unpack_kit nothing that sed knows.
verify_path_for_wrapping()
{
  [[ "$1" =~ ^[A-Za-z0-9_./+@-]+$ ]] ||
    fail "ITK's wrapping cannot work in '$1': letters, digits and _./+@- are allowed in the path; $2."
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
